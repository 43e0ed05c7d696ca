#include "api/errors/errors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/json/writer.h"

namespace peregrine::api {
namespace {

constexpr std::string_view kInvalid = "invalid_request_error";
constexpr std::string_view kPermissions = "permissions_error";
constexpr std::string_view kLimited = "rate_limit_exceeded";
constexpr std::string_view kServer = "internal_server_error";

// In the order of ErrorKind.
constexpr std::array<ErrorRow, 30> kTable = {{
    {ErrorKind::kInvalidRequest, 400, kInvalid, "", ""},
    {ErrorKind::kContextLengthExceeded, 400, kInvalid, "context_length_exceeded",
     "Please reduce the length of the messages or completion. {}"},
    {ErrorKind::kJsonValidateFailed, 400, kInvalid, "json_validate_failed",
     "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details."},
    {ErrorKind::kToolUseFailed, 400, kInvalid, "tool_use_failed",
     "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details."},
    {ErrorKind::kInvalidApiKey, 401, kInvalid, "invalid_api_key", "Invalid API Key"},
    {ErrorKind::kHostNotAllowed, 403, kInvalid, "host_not_allowed",
     "The host name '{}' is not one that this server answers to."},
    {ErrorKind::kOriginNotAllowed, 403, kPermissions, "origin_not_allowed",
     "Administration is not open to web pages of other origins."},
    {ErrorKind::kNotPermitted, 403, kPermissions, "insufficient_permissions",
     "This key is not permitted to use {}."},
    {ErrorKind::kModelNotPermitted, 403, kPermissions, "model_permission_blocked_project",
     "This key is not permitted to use the model `{}`."},
    {ErrorKind::kModelNotDeletable, 403, kInvalid, "model_not_deletable",
     "The model `{}` is a file of the server and cannot be deleted through the API."},
    {ErrorKind::kPullsNotAllowed, 403, kPermissions, "pulls_not_allowed",
     "This server fetches no models: set pulls.allow in its configuration file, or start it with "
     "--allow-pulls."},
    {ErrorKind::kModelNotFound, 404, kInvalid, "model_not_found",
     "The model `{}` does not exist or you do not have access to it."},
    {ErrorKind::kNotFound, 404, kInvalid, "not_found", ""},
    {ErrorKind::kPreviousResponseNotFound, 400, kInvalid, "previous_response_not_found",
     "Previous response with id '{}' not found."},
    {ErrorKind::kUnknownUrl, 404, kInvalid, "unknown_url",
     "Unknown request URL: {}. Please check the URL for typos, or see /openapi.yaml for the routes of this "
     "server."},
    {ErrorKind::kMethodNotAllowed, 405, kInvalid, "method_not_allowed", "Method not allowed: {}"},
    {ErrorKind::kRequestTimeout, 408, kInvalid, "request_timeout", "Request Timeout: {}"},
    {ErrorKind::kConflict, 409, kInvalid, "conflict", ""},
    {ErrorKind::kRequestTooLarge, 413, kInvalid, "request_too_large", "Request Entity Too Large: {}"},
    {ErrorKind::kTokensTooLarge, 413, "tokens", kLimited, ""},
    {ErrorKind::kSecondsTooLarge, 413, "seconds", kLimited, ""},
    {ErrorKind::kUriTooLong, 414, kInvalid, "uri_too_long", "URI Too Long: {}"},
    {ErrorKind::kHeadersTooLarge, 431, kInvalid, "headers_too_large", "Request Header Fields Too Large: {}"},
    {ErrorKind::kRequestsLimited, 429, "requests", kLimited, ""},
    {ErrorKind::kTokensLimited, 429, "tokens", kLimited, ""},
    {ErrorKind::kSecondsLimited, 429, "seconds", kLimited, ""},
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
  return {.kind = kind, .message = std::move(message), .param = std::move(param)};
}

namespace {

std::string_view schema_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUnsupported:
      return "unsupported_keyword";
    case ErrorCode::kResourceExhausted:
      return "limit_exceeded";
    default:
      return "invalid_schema";
  }
}

// A message that is about a keyword which is not there begins with it: "'required' must list ...".
std::string_view keyword_of(std::string_view message, std::string_view pointer) {
  if (message.starts_with('\'')) {
    message = message.substr(1, message.find('\'', 1) - 1);
    return message.substr(0, message.find(':'));
  }
  const std::size_t slash = pointer.rfind('/');
  return slash == std::string_view::npos ? pointer : pointer.substr(slash + 1);
}

void write_schema_fault(JsonWriter& json, const SchemaFault& fault) {
  json.key("schema_path").string(fault.pointer);
  json.key("schema_path_segments").begin_array();
  json.string("$");
  for (std::string_view rest = fault.pointer; !rest.empty();) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    std::string segment;
    for (std::size_t i = 0; i < end; ++i) {
      const bool escape = rest[i] == '~' && i + 1 < end;
      segment += escape ? (rest[++i] == '1' ? '/' : '~') : rest[i];
    }
    json.string(segment);
    rest.remove_prefix(end);
  }
  json.end_array();
  json.key("schema_kind").string(fault.keyword);
  json.key("schema_code").string(fault.code);
}

}  // namespace

std::optional<ApiError> to_schema_error(const Error& error, std::string_view schema_name) {
  const std::size_t mark = error.where.find('#');
  if (mark == std::string::npos) return std::nullopt;
  const std::string field = error.where.substr(0, mark);
  SchemaFault fault{.pointer = error.where.substr(mark + 1), .keyword = {}, .code = {}};
  fault.keyword = keyword_of(error.message, fault.pointer);
  fault.code = schema_code(error.code);
  const std::string_view place = fault.pointer.empty() ? "the schema" : std::string_view(fault.pointer);
  const std::string name = schema_name.empty() ? "" : "'" + std::string(schema_name) + "': ";
  ApiError out = make_error(
      ErrorKind::kInvalidRequest,
      "invalid JSON schema for " + field + ": " + name + std::string(place) + ": " + error.message, field);
  out.schema = std::move(fault);
  return out;
}

ApiError to_api_error(const Error& error) {
  if (auto schema = to_schema_error(error)) return std::move(*schema);
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
  if (error.schema) write_schema_fault(json, *error.schema);
  if (error.failed_generation) json.key("failed_generation").string(*error.failed_generation);
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
  if (error.retry) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(error.retry->after);
    response.headers.set("retry-after", std::to_string(std::max<std::int64_t>(seconds.count(), 1)));
    if (!error.retry->soon) response.headers.set("x-should-retry", "false");
  }
  response.body = render_error(error);
  return response;
}

}  // namespace peregrine::api
