#include "api/entry/form.h"

#include <fmt/format.h>

#include <utility>

#include "api/door/door.h"
#include "api/door/host.h"
#include "api/entry/entry.h"
#include "api/json/path.h"

namespace peregrine::api {

using http::Exchange;
using http::Task;

ApiError explain_form(const Error& error, std::string_view request_id) {
  switch (error.code) {
    case ErrorCode::kUnsupported:
    case ErrorCode::kInvalidArgument:
      return make_error(ErrorKind::kInvalidRequest, error.message, std::string(clip(error.where)));
    case ErrorCode::kResourceExhausted:
      return make_error(ErrorKind::kRequestTooLarge, error.message, std::string(clip(error.where)));
    default:
      break;
  }
  ApiError shown = to_api_error(error);
  log_internal(shown, error, request_id);
  return shown;
}

Task<tl::expected<http::Form, unsigned>> read_form_or_answer(Exchange& exchange,
                                                             const http::FormOptions& options) {
  const http::Headers& headers = exchange.request().headers;
  const std::string_view origin = headers.get("origin");
  if (!origin.empty() && !same_host(origin, headers.get("host")) &&
      !exchange.response_headers().contains("access-control-allow-origin")) {
    ApiError error =
        make_error(ErrorKind::kInvalidRequest,
                   fmt::format("Web pages of {} may not send forms to this server.", clip(origin)));
    co_return tl::unexpected(co_await respond_error(exchange, std::move(error)));
  }
  Result<http::Form> form = co_await http::read_form(exchange, options);
  if (form) co_return std::move(*form);
  if (form.error().code == ErrorCode::kCancelled) co_return tl::unexpected(kClientGone);
  ApiError error = explain_form(form.error(), request_id(exchange));
  co_return tl::unexpected(co_await respond_error(exchange, std::move(error)));
}

}  // namespace peregrine::api
