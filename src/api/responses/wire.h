// POST /openai/v1/responses: what a body says beyond the generation itself, and what every state of a
// response repeats of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/json/schema.h"
#include "base/result.h"
#include "service/responses/assembler.h"
#include "service/responses/items.h"
#include "service/responses/request.h"

namespace peregrine::api {

// An item of an earlier request, by its id.
struct ItemReference {
  std::string id;
};
using InputItem = std::variant<service::Item, ItemReference>;

enum class ResponseTier { kDefault, kFlex };

// What the client said, as the response says it again. The _json members are JSON text.
struct ResponseEcho {
  std::optional<std::string> instructions;
  std::optional<std::uint32_t> max_output_tokens;
  double temperature = 1;
  double top_p = 1;
  std::string tools_json = "[]";
  std::string tool_choice_json;
  std::string format_json = R"({"type":"text"})";
  std::optional<std::string> reasoning_effort;
  std::vector<std::pair<std::string, std::string>> metadata;
  std::optional<std::string> user;
  std::string previous_response_id;  // empty: none
  ResponseTier tier = ResponseTier::kDefault;
  bool parallel_tool_calls = true;
  bool truncate = false;
  bool store = false;
};

struct ResponseCall {
  service::ResponseRequest request;  // but for its items
  std::vector<InputItem> input;
  ResponseEcho echo;
  bool stream = false;
};

// The body, checked once: whoever holds a ResponseCall need not look at a range again. Errors are
// kInvalidArgument with a message for the client and the offending path as `where`.
Result<ResponseCall> parse_response_call(std::string_view body);

// `input`: a string, which is a user's message, or items. What came without an id is given one.
Status read_input(const Json& value, const Path& path, std::vector<InputItem>& out);
// One item as render_item() wrote it. Errors: kCorrupt.
Result<service::Item> parse_stored_item(std::string_view json);

// `tools` of the flat form, and `tool_choice`.
Status read_tools(const Json& value, const Path& path, service::ToolUse& out);
Status read_tool_choice(const Json& value, const Path& path, service::ToolUse& out);
// `text`.
Status read_text_settings(const Json& value, const Path& path, ResponseCall& call);

}  // namespace peregrine::api
