#include "api/embeddings/one_answer.h"

#include "base/log.h"

namespace peregrine::api {
namespace {

// A missing type counts as JSON, and so does what `curl -d` sends when nobody tells it otherwise; not so from
// a web page, which may send these types anywhere unasked.
bool is_json(const http::Request& request) {
  std::string_view type = request.headers.get("content-type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  if (http::equal_ignoring_case(type, "application/json")) return true;
  const bool untyped = type.empty() || http::equal_ignoring_case(type, "application/x-www-form-urlencoded");
  return untyped && !request.headers.contains("origin");
}

}  // namespace

std::optional<ApiError> refuse_at_once(const http::Exchange& exchange, const Services& services) {
  if (services.readiness == Readiness::kDraining) {
    return make_error(ErrorKind::kUnavailable, "the server is shutting down");
  }
  if (!is_json(exchange.request())) {
    return make_error(ErrorKind::kInvalidRequest, "the Content-Type of the request must be application/json");
  }
  return std::nullopt;
}

ApiError embedding_error(const Error& error, const std::string& model, std::string where) {
  switch (error.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kModelNotFound, model);
    case ErrorCode::kInvalidArgument:
      return make_error(ErrorKind::kInvalidRequest, error.message, std::move(where));
    case ErrorCode::kResourceExhausted:
      return {ErrorKind::kContextLengthExceeded, error.message, std::move(where)};
    case ErrorCode::kUnavailable:
      return make_error(ErrorKind::kUnavailable, error.message);
    default:
      return make_error(ErrorKind::kInternal);
  }
}

void log_internal(const ApiError& shown, const Error& cause, std::string_view request_id) {
  if (shown.kind != ErrorKind::kInternal) return;
  base::log(base::LogLevel::kError, "api: {}: no answer: {}", request_id, cause.text());
}

}  // namespace peregrine::api
