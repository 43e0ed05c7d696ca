// A response as JSON, and the events of its stream.
//
// Every event is one server-sent event with its type as name, carrying a sequence_number that counts from 0
// without gaps; the stream ends with the event of the response's end, and nothing after it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/responses/wire.h"
#include "service/responses/assembler.h"
#include "store/responses/response_store.h"

namespace peregrine::api {

// Constant over one response.
struct ResponseHead {
  std::string id;            // resp_...
  std::int64_t created = 0;  // Unix seconds
  std::string model;         // as the client spelled it
  bool timings = false;      // in the metadata, as the header "Groq-Beta: inference-metrics" asks
  ResponseEcho echo;
};

// What the client reads of an error in a response's "error".
struct ResponseFault {
  std::string code;
  std::string message;
};

// The response in the state of `output`. `fault`: of a failed one.
std::string render_response(const ResponseHead& head, const service::OutputAssembler& output,
                            const ResponseFault* fault = nullptr);
// One that a crash interrupted, of which `body` is the beginning.
std::string render_interrupted(std::string_view body);

std::string render_item(const service::Item& item);
std::string render_item(const service::OutputItem& item);
std::vector<store::StoredItem> stored_items(const std::vector<service::Item>& items);
std::vector<store::StoredItem> stored_items(const std::vector<service::OutputItem>& items);

// Appends whole events to a string.
class ResponseEvents {
 public:
  explicit ResponseEvents(const service::OutputAssembler& output) : output_(output) {}

  // response.created and response.in_progress; `response` is the rendered beginning.
  void open(std::string& out, std::string_view response);
  void step(std::string& out, const service::OutputStep& step);
  // The end: `response` is the rendered end, with the status `status`.
  void close(std::string& out, std::string_view response, service::ResponseStatus status);

 private:
  void with_response(std::string& out, std::string_view type, std::string_view response);

  const service::OutputAssembler& output_;
  std::int64_t sequence_ = 0;
};

}  // namespace peregrine::api
