#include "hub/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "hub/backoff.h"
#include "hub/limits.h"

namespace peregrine::hub {
namespace {

Error cancelled() {
  return {ErrorCode::kCancelled, "stopped; the same command goes on where it stopped", ""};
}

Status check_token(const Options& options, const Url& endpoint) {
  const bool clean =
      std::all_of(options.token.begin(), options.token.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!clean) {
    return fail(ErrorCode::kInvalidArgument, "has characters that no token has; copy it again", "HF_TOKEN");
  }
  if (!options.token.empty() && endpoint.scheme == "http" && !is_loopback(endpoint)) {
    return fail(
        ErrorCode::kPermissionDenied,
        "would be sent without encryption to HF_ENDPOINT; use an https:// endpoint, or unset HF_TOKEN",
        "HF_TOKEN");
  }
  return {};
}

// Runs `attempt` until it works, fails for good, or has failed kMaxFailures times.
template <class T, class Attempt>
Result<T> with_retries(const Options& options, const ProgressSink& sink, Attempt attempt) {
  Backoff backoff(options.backoff);
  while (true) {
    tl::expected<T, Failure> result = attempt();
    if (result) return std::move(*result);
    const Failure& failure = result.error();
    if (!failure.transient || !backoff.fail(failure.retry_after)) return tl::unexpected(failure.error);
    while (backoff.waiting()) {
      if (!sink({Stage::kWaiting, 0, 0, failure.error.message})) return tl::unexpected(cancelled());
      std::this_thread::sleep_for(std::min(kTick, backoff.left()));
    }
  }
}

// What the server that was asked says of the file, whichever server will deliver it.
void note_link(const ResponseHead& head, RemoteFile& file, std::optional<std::uint64_t>& size) {
  if (auto digest = sha256_of_etag(head.get("x-linked-etag"))) file.sha256 = std::move(*digest);
  if (const auto linked = parse_decimal(head.get("x-linked-size"))) size = linked;
  const std::string_view commit = head.get("x-repo-commit");
  if (commit.size() <= 64) file.commit = commit;
}

std::optional<std::uint64_t> size_of_response(const ResponseHead& head) {
  if (head.status() != 206) return parse_decimal(head.get("content-length"));
  const auto range = parse_content_range(head.get("content-range"));
  return range ? std::optional(range->total) : std::nullopt;
}

tl::expected<RemoteFile, Failure> complete(RemoteFile file, std::optional<std::uint64_t> size,
                                           const Url& url) {
  if (!size) {
    return tl::unexpected(
        failure_of_protocol("it does not tell how large the file is; use another server", url));
  }
  if (*size == 0) return tl::unexpected(failure_of_protocol("the file is empty", url));
  if (*size > kMaxFileBytes) return tl::unexpected(failure_of_protocol("the file is larger than 4 TiB", url));
  file.size = *size;
  return file;
}

}  // namespace

Result<Client> Client::create(Options options) {
  auto endpoint = parse_url(options.endpoint);
  if (!endpoint) {
    return fail(endpoint.error().code, endpoint.error().text() + " (as in https://huggingface.co)",
                "HF_ENDPOINT");
  }
  if (endpoint->text.find('?') != std::string::npos) {
    return fail(ErrorCode::kInvalidArgument, "has a query; write only https://HOST", "HF_ENDPOINT");
  }
  while (endpoint->text.ends_with('/')) endpoint->text.pop_back();
  PEREGRINE_TRY(check_token(options, *endpoint));
  options.connections = std::clamp(options.connections, 1U, kMaxConnections);
  return Client(std::move(options), std::move(*endpoint));
}

std::string Client::file_url(std::string_view repository, std::string_view path) const {
  return fmt::format("{}/{}/resolve/main/{}", endpoint_.text, encode_path(repository), encode_path(path));
}

Easy::Request Client::request(Url url) const {
  Easy::Request request;
  request.with_token = !options_.token.empty() && is_hub(url);
  request.url = std::move(url);
  return request;
}

Failure Client::failure_of(const Easy& easy, CURLcode code) const {
  if (easy.head_too_large()) return failure_of_protocol("more headers than 64 KiB", easy.url());
  const int status = easy.head().status();
  if (status >= 300 && (code == CURLE_OK || code == CURLE_WRITE_ERROR)) {
    return failure_of_status(easy.head(), easy.url(), is_hub(easy.url()), easy.request().with_token);
  }
  if (code == CURLE_ABORTED_BY_CALLBACK) return {cancelled()};
  if (code == CURLE_OK) return failure_of_protocol(fmt::format("HTTP {}", status), easy.url());
  if (easy.address_refused()) {
    return {{ErrorCode::kPermissionDenied,
             "its address is not a public one, and no others are visited unless the operator says so",
             easy.url().shown()}};
  }
  return failure_of_curl(code, easy.detail(), easy.url());
}

Result<Url> Client::next_hop(const Easy& easy, const Url& start) const {
  const std::string target = easy.redirect_target();
  if (target.empty()) return tl::unexpected(failure_of_protocol("a redirect to nowhere", easy.url()).error);
  auto url = parse_url(target);
  if (!url) {
    return fail(ErrorCode::kPermissionDenied, "sends us on to what we do not fetch: " + url.error().text(),
                easy.url().shown());
  }
  PEREGRINE_TRY(check_redirect(start, easy.url(), *url, endpoint_));
  return url;
}

tl::expected<RemoteFile, Failure> Client::probe_once(const Url& start, const ProgressSink& sink) const {
  RemoteFile file;
  file.url = start.text;
  std::optional<std::uint64_t> linked_size;
  Easy easy;
  Url url = start;
  for (unsigned hop = 0; hop <= kMaxRedirects; ++hop) {
    Easy::Request request = this->request(url);
    // Links signed for GET refuse HEAD, so away from the hub the first byte is asked for.
    request.head = is_hub(url);
    if (!request.head) request.range = "0-0";
    easy.prepare(std::move(request), options_, [](std::string_view) { return false; });
    const CURLcode code = easy.perform([&sink] { return sink({}); });
    const ResponseHead& head = easy.head();
    const bool answered = code == CURLE_OK || code == CURLE_WRITE_ERROR;
    if (!answered || easy.head_too_large()) return tl::unexpected(failure_of(easy, code));
    if (same_origin(url, start)) note_link(head, file, linked_size);
    if (head.status() == 200 || head.status() == 206) {
      file.validator = strong_etag(head.get("etag"));
      return complete(std::move(file), linked_size ? linked_size : size_of_response(head), url);
    }
    if (!head.is_redirect()) return tl::unexpected(failure_of(easy, code));
    auto next = next_hop(easy, start);
    if (!next) return tl::unexpected(Failure{next.error()});
    // The hub has told all there is to know; whom it sends us to need not be asked.
    if (linked_size && !file.sha256.empty() && !same_origin(*next, start)) {
      return complete(std::move(file), linked_size, url);
    }
    url = std::move(*next);
  }
  return tl::unexpected(failure_of_protocol("it redirects too often", start));
}

Result<RemoteFile> Client::probe(const std::string& url, const ProgressSink& sink) const {
  PEREGRINE_ASSIGN(const Url start, parse_url(url));
  PEREGRINE_TRY(check_start(start, endpoint_));
  return with_retries<RemoteFile>(options_, sink, [&] { return probe_once(start, sink); });
}

struct Client::Page {
  std::string body;
  std::string next;  // where the next page is; empty on the last
};

tl::expected<Client::Page, Failure> Client::fetch_page(const Url& start, const ProgressSink& sink) const {
  Easy easy;
  Url url = start;
  for (unsigned hop = 0; hop <= kMaxRedirects; ++hop) {
    std::string body;
    bool too_large = false;
    easy.prepare(request(url), options_, [&](std::string_view bytes) {
      too_large = body.size() + bytes.size() > kMaxListingBytes;
      if (!too_large) body.append(bytes);
      return !too_large;
    });
    const CURLcode code = easy.perform([&sink] { return sink({}); });
    if (too_large) return tl::unexpected(failure_of_protocol("a listing of more than 16 MiB", url));
    if (code != CURLE_OK || easy.head_too_large()) return tl::unexpected(failure_of(easy, code));
    if (easy.head().status() == 200) return Page{std::move(body), next_link(easy.head().get("link"))};
    if (!easy.head().is_redirect()) return tl::unexpected(failure_of(easy, code));
    auto next = next_hop(easy, start);
    if (!next) return tl::unexpected(Failure{next.error()});
    url = std::move(*next);
  }
  return tl::unexpected(failure_of_protocol("it redirects too often", start));
}

Result<std::vector<RepositoryFile>> Client::list_repository(std::string_view repository,
                                                            const ProgressSink& sink) const {
  std::vector<RepositoryFile> files;
  std::string address =
      fmt::format("{}/api/models/{}/tree/main?recursive=true", endpoint_.text, encode_path(repository));
  for (unsigned page = 0; page < kMaxListingPages; ++page) {
    PEREGRINE_ASSIGN(const Url url, parse_url(address));
    if (!is_hub(url)) {
      return fail(ErrorCode::kPermissionDenied, "has the rest of the listing elsewhere; refused",
                  url.shown());
    }
    PEREGRINE_ASSIGN(Page fetched, with_retries<Page>(options_, sink, [&] { return fetch_page(url, sink); }));
    if (auto status = parse_listing(fetched.body, files); !status) {
      status.error().where = url.shown();
      return tl::unexpected(status.error());
    }
    if (fetched.next.empty()) return files;
    address = std::move(fetched.next);
  }
  return fail(ErrorCode::kResourceExhausted, fmt::format("more than {} pages of files", kMaxListingPages),
              std::string(repository));
}

}  // namespace peregrine::hub
