#include "api/entry/stored.h"

#include <fmt/format.h>

#include "api/entry/listing.h"
#include "api/json/path.h"

namespace peregrine::api {

using http::Exchange;
using http::Task;

std::string organisation_of(Exchange& exchange) {
  return caller_of(exchange)->organisation;
}

ApiError explain(Exchange& exchange, const Error& cause) {
  ApiError shown = to_api_error(cause);
  log_internal(shown, cause, request_id(exchange));
  return shown;
}

ApiError not_found(std::string_view noun, std::string_view id) {
  return make_error(ErrorKind::kNotFound, fmt::format("{} with id '{}' not found.", noun, clip(id)));
}

Body removed(Exchange& exchange, const Result<bool>& result, std::string_view noun, std::string_view object,
             std::string_view id) {
  if (!result) return tl::unexpected(explain(exchange, result.error()));
  if (!*result) return tl::unexpected(not_found(noun, id));
  return render_deleted(object, id);
}

Task<unsigned> respond(Exchange& exchange, Body body) {
  if (!body) co_return co_await respond_error(exchange, std::move(body.error()));
  co_return co_await respond_json(exchange, std::move(*body));
}

}  // namespace peregrine::api
