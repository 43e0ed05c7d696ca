#include "hub/failure.h"

#include <fmt/format.h>

#include <string>

#include "hub/shown.h"

namespace peregrine::hub {
namespace {

std::string advice_401(bool hub, bool with_token) {
  if (!hub) return "the server wants a login; use a link that works without one";
  return with_token
             ? "the hub does not accept HF_TOKEN, or there is no such repository; check both"
             : "there is no such repository, or it needs a login: put an access token (from your account's "
               "settings, 'Access Tokens') into HF_TOKEN";
}

std::string advice_403(bool hub, bool with_token) {
  if (!hub) return "the server refuses; the link may have expired";
  return with_token
             ? "the account of HF_TOKEN has no access: accept the model's licence on its page in a browser, "
               "then try again"
             : "the model needs a login: accept its licence on its page in a browser, then put an access "
               "token into HF_TOKEN";
}

std::string advice(int status, bool hub, bool with_token) {
  switch (status) {
    case 401:
      return advice_401(hub, with_token);
    case 403:
      return advice_403(hub, with_token);
    case 404:
    case 410:
      return hub ? "there is no such repository or file; 'peregrine pull hf:ORG/REPO' tells what a "
                   "repository has"
                 : "there is no such file; check the link";
    case 416:
      return "the server has no such part of the file: it has changed; run the command again";
    case 429:
      return hub && !with_token
                 ? "too many requests; wait a few minutes, or set HF_TOKEN, which is allowed more"
                 : "too many requests; wait a few minutes, then run the command again: it goes on where it "
                   "stopped";
    default:
      return status >= 500
                 ? "the server is in trouble; run the command again later: it goes on where it stopped"
                 : "the server refuses";
  }
}

ErrorCode code_of(int status) {
  switch (status) {
    case 401:
    case 403:
      return ErrorCode::kPermissionDenied;
    case 404:
    case 410:
      return ErrorCode::kNotFound;
    case 408:
    case 425:
    case 429:
      return ErrorCode::kUnavailable;
    default:
      return status >= 500 ? ErrorCode::kUnavailable : ErrorCode::kInvalidArgument;
  }
}

std::string curl_advice(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the host's name is not known; is this machine online? (HF_ENDPOINT names a mirror)";
    case CURLE_COULDNT_CONNECT:
      return "cannot connect; is this machine online? (HF_ENDPOINT names a mirror)";
    case CURLE_OPERATION_TIMEDOUT:
      return "the server stopped sending";
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
      return "the connection broke";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "the server's certificate is not to be trusted; if your network has its own authority, name its "
             "certificates in SSL_CERT_FILE";
    case CURLE_SSL_CACERT_BADFILE:
      return "the certificates to trust cannot be read; install ca-certificates, or correct SSL_CERT_FILE";
    case CURLE_OUT_OF_MEMORY:
      return "out of memory, or one header is longer than any should be";
    default:
      return "the transfer failed";
  }
}

bool is_transient(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SSL_CONNECT_ERROR:
      return true;
    default:
      return false;
  }
}

}  // namespace

Failure failure_of_status(const ResponseHead& head, const Url& url, bool hub, bool with_token) {
  Failure failure;
  const int status = head.status();
  const std::string_view said = hub ? head.get("x-error-message") : std::string_view();
  failure.error.code = code_of(status);
  failure.error.where = url.shown();
  failure.error.message = fmt::format("HTTP {}{}{}: {}", status, said.empty() ? "" : ", ", shown_text(said),
                                      advice(status, hub, with_token));
  failure.crowded = status == 429 || status == 503;
  failure.transient = status == 408 || status == 425 || status == 429 || status >= 500;
  failure.retry_after = parse_retry_after(head.get("retry-after"));
  return failure;
}

Failure failure_of_curl(CURLcode code, std::string_view detail, const Url& url) {
  Failure failure;
  failure.transient = is_transient(code);
  failure.error.code = ErrorCode::kUnavailable;
  failure.error.where = url.shown();
  failure.error.message = fmt::format("{} ({})", curl_advice(code),
                                      shown_text(detail.empty() ? curl_easy_strerror(code) : detail));
  return failure;
}

Failure failure_of_protocol(std::string_view what, const Url& url) {
  return {
      {ErrorCode::kUnavailable, fmt::format("the server's answer makes no sense: {}", what), url.shown()}};
}

}  // namespace peregrine::hub
