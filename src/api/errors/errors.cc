#include "api/errors/errors.h"

#include <array>
#include <utility>

#include "api/json/writer.h"

namespace peregrine::api {
namespace {

constexpr std::string_view kInvalid = "invalid_request_error";
constexpr std::string_view kServer = "internal_server_error";

// In the order of ErrorKind.
constexpr std::array<ErrorRow, 16> kTable = {{
    {ErrorKind::kInvalidRequest, 400, kInvalid, "", ""},
    {ErrorKind::kContextLengthExceeded, 400, kInvalid, "context_length_exceeded",
     "Please reduce the length of the messages or completion. {}"},
    {ErrorKind::kInvalidApiKey, 401, kInvalid, "invalid_api_key", "Invalid API Key"},
    {ErrorKind::kHostNotAllowed, 403, kInvalid, "host_not_allowed",
     "The host name '{}' is not one that this server answers to."},
    {ErrorKind::kModelNotDeletable, 403, kInvalid, "model_not_deletable",
     "The model `{}` is a file of the server and cannot be deleted through the API."},
    {ErrorKind::kModelNotFound, 404, kInvalid, "model_not_found",
     "The model `{}` does not exist or you do not have access to it."},
    {ErrorKind::kUnknownUrl, 404, kInvalid, "unknown_url",
     "Unknown request URL: {}. Please check the URL for typos, or see docs/openapi.yaml for the routes of "
     "this "
     "server."},
    {ErrorKind::kMethodNotAllowed, 405, kInvalid, "method_not_allowed", "Method not allowed: {}"},
    {ErrorKind::kRequestTimeout, 408, kInvalid, "request_timeout", "Request Timeout: {}"},
    {ErrorKind::kRequestTooLarge, 413, kInvalid, "request_too_large", "Request Entity Too Large: {}"},
    {ErrorKind::kUriTooLong, 414, kInvalid, "uri_too_long", "URI Too Long: {}"},
    {ErrorKind::kHeadersTooLarge, 431, kInvalid, "headers_too_large", "Request Header Fields Too Large: {}"},
    {ErrorKind::kCapacityExceeded, 498, "capacity", "capacity_exceeded", "`flex` tier capacity exceeded: {}"},
    {ErrorKind::kInternal, 500, kServer, "", "Internal Server Error"},
    {ErrorKind::kNotImplemented, 501, kInvalid, "not_implemented", "Not Implemented: {}"},
    {ErrorKind::kUnavailable, 503, kServer, "", "Service Unavailable: {}", 1},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].kind) != i) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const ErrorRow> error_table() {
  return kTable;
}

const ErrorRow& error_row(ErrorKind kind) {
  return kTable[static_cast<std::size_t>(kind)];
}

ApiError make_error(ErrorKind kind, std::string_view detail, std::string param) {
  std::string message(error_row(kind).message);
  if (message.empty()) {
    message = detail;
  } else if (const std::size_t hole = message.find("{}"); hole != std::string::npos) {
    message.replace(hole, 2, detail);
  }
  return {kind, std::move(message), std::move(param)};
}

ApiError to_api_error(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
      return make_error(ErrorKind::kInvalidRequest, error.message, error.where);
    case ErrorCode::kUnavailable:
      return make_error(ErrorKind::kUnavailable, error.message);
    default:
      return make_error(ErrorKind::kInternal);
  }
}

ErrorKind kind_of(http::ProtocolError error) {
  switch (error) {
    case http::ProtocolError::kBadRequest:
      return ErrorKind::kInvalidRequest;
    case http::ProtocolError::kNotFound:
      return ErrorKind::kUnknownUrl;
    case http::ProtocolError::kMethodNotAllowed:
      return ErrorKind::kMethodNotAllowed;
    case http::ProtocolError::kTimeout:
      return ErrorKind::kRequestTimeout;
    case http::ProtocolError::kBodyTooLarge:
      return ErrorKind::kRequestTooLarge;
    case http::ProtocolError::kUriTooLong:
      return ErrorKind::kUriTooLong;
    case http::ProtocolError::kHeadersTooLarge:
      return ErrorKind::kHeadersTooLarge;
    case http::ProtocolError::kInternal:
      return ErrorKind::kInternal;
    case http::ProtocolError::kUnsupported:
      return ErrorKind::kNotImplemented;
    case http::ProtocolError::kOverloaded:
      return ErrorKind::kUnavailable;
  }
  return ErrorKind::kInternal;
}

std::string render_error(const ApiError& error, std::optional<unsigned> status_code) {
  const ErrorRow& row = error_row(error.kind);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("error").begin_object();
  json.key("message").string(error.message);
  json.key("type").string(row.type);
  if (!row.code.empty()) json.key("code").string(row.code);
  if (!error.param.empty()) json.key("param").string(error.param);
  if (status_code) json.key("status_code").integer(*status_code);
  json.end_object().end_object();
  return out;
}

http::Response error_response(const ApiError& error) {
  const ErrorRow& row = error_row(error.kind);
  http::Response response;
  response.status = row.status;
  response.headers.set("content-type", "application/json");
  if (row.retry_after > 0) response.headers.set("retry-after", std::to_string(row.retry_after));
  response.body = render_error(error);
  return response;
}

}  // namespace peregrine::api
