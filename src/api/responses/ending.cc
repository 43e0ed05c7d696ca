#include "api/responses/ending.h"

#include <utility>

#include "api/chat/answer.h"
#include "base/log.h"

namespace peregrine::api {
namespace {

Ending failed(const StartedResponse& response, const service::OutputAssembler& output, ApiError error) {
  const ResponseFault fault{"server_error", error.message};
  return {render_response(response.head, output, &fault), service::ResponseStatus::kFailed, std::move(error)};
}

}  // namespace

Ending end_response(const StartedResponse& response, const service::OutputAssembler& output,
                    service::Responses& responses, std::string_view request_id) {
  Ending ending;
  if (output.failure()) {
    log_failure(request_id, *output.failure());
    ending = failed(response, output, generation_error(*output.failure()));
  } else {
    ending = {render_response(response.head, output), output.status()};
  }
  if (!response.head.echo.store) return ending;
  const Status kept = responses.finish(response.head.id, ending.body, stored_items(output.items()));
  if (kept) return ending;
  base::log_about(request_id, base::LogLevel::kError, "api: a response could not be stored: {}",
                  kept.error().text());
  return failed(response, output, make_error(ErrorKind::kInternal));
}

}  // namespace peregrine::api
