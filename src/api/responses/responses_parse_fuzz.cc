// Any bytes as a request for a response: parsed or refused, never worse. What is accepted obeys the ranges
// that the rest of the house relies on, and its items survive the store.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/responses/render.h"
#include "api/responses/wire.h"
#include "api/testing/parse_fuzz.h"
#include "base/utf8.h"

namespace {

using peregrine::api::ResponseCall;
using peregrine::api::testing::check_refusal;
using peregrine::api::testing::require;

void check_item(const peregrine::service::Item& item) {
  const std::string stored = peregrine::api::render_item(item);
  require(peregrine::base::utf8_valid(stored));
  const auto again = peregrine::api::parse_stored_item(stored);
  require(again.has_value());
  require(peregrine::api::render_item(*again) == stored);
}

void check_accepted(const ResponseCall& call) {
  const peregrine::service::ChatRequest& chat = call.request.chat;
  require(!chat.model.empty() && chat.model.size() <= 256);
  require(!call.input.empty());
  require(chat.temperature >= 0 && chat.temperature <= 2);
  require(chat.top_p >= 0 && chat.top_p <= 1);
  require(chat.max_completion_tokens.value_or(1) >= 1);
  require(chat.tool_use.tools.size() <= 128);
  require(call.echo.metadata.size() <= 16);
  require(!call.echo.tool_choice_json.empty());
  for (const auto& input : call.input) {
    if (const auto* item = std::get_if<peregrine::service::Item>(&input)) check_item(*item);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(data, data + size);
  const auto call = peregrine::api::parse_response_call(body);
  if (call) {
    check_accepted(*call);
    return 0;
  }
  check_refusal(call.error());
  return 0;
}
