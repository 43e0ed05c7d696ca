// How a response ended, for the client and for the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/errors/errors.h"
#include "api/responses/start.h"

namespace peregrine::api {

struct Ending {
  std::string body;  // the response
  service::ResponseStatus status = service::ResponseStatus::kCompleted;
  std::optional<ApiError> error = {};  // of a failed one, where the answer has not begun
};

// Renders the end, and stores it if the response is kept; then it waits for a disk. If it cannot be stored,
// the response has failed: nobody is told of an end that a restart would not remember.
Ending end_response(const StartedResponse& response, const service::OutputAssembler& output,
                    service::Responses& responses, std::string_view request_id);

}  // namespace peregrine::api
