// From the body of a request to a response that is being made: parsing, the conversation so far out of the
// store, the model, the chat.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/api.h"
#include "api/entry/refusal.h"
#include "api/entry/request_meter.h"
#include "api/errors/errors.h"
#include "api/responses/render.h"
#include "api/responses/wire.h"

namespace peregrine::api {

// A response before its first event: it waits for its model, or it has a stream.
struct StartedResponse {
  ResponseCall call;
  ResponseHead head;
  std::string owner;
  std::vector<service::Item> input;  // of this request alone, references resolved
  std::unique_ptr<service::ModelWait> wait;
  SchemaNames schemas;  // of the call, whose request the chat takes
  std::unique_ptr<service::ChatStream> stream;
  std::unique_ptr<service::ResponseRun> run;  // with the stream

  bool waits() const { return stream == nullptr; }
};
using StartResult = tl::expected<StartedResponse, ApiError>;

// What a request says besides its body.
struct ResponseCaller {
  std::string owner;       // whose responses it may see; empty where no keys are needed
  std::string request_id;  // for the log
  bool timings = false;
  std::function<void()> on_cancel;  // see service::Responses::start()
  RequestMeter* meter = nullptr;    // never null where a response begins
};

// Both run on a worker: they wait for a disk, and tokenise. A response that is to be kept is in the store
// when they return it with a stream.
StartResult begin_response(std::string_view body, const Services& services, const ResponseCaller& caller);
// Starts the chat if the wait for the model is over.
StartResult go_on(StartedResponse response, const Services& services, const ResponseCaller& caller);

}  // namespace peregrine::api
