#include "service/chat/formats/generic.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "service/chat/formats/call_grammar.h"
#include "service/chat/formats/hermes.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

class GenericFormat final : public ChatFormat {
 public:
  std::string_view name() const override { return "generic"; }
  std::unique_ptr<OutputParser> parser(const FormatRequest& request) const override {
    return hermes_->parser(request);
  }
  Result<std::optional<GrammarBuilder::Node>> constraint(GrammarBuilder& builder,
                                                         const FormatRequest& request) const override {
    return hermes_->constraint(builder, request);
  }

 private:
  std::shared_ptr<const ChatFormat> hermes_ = make_hermes_format(/*markers_are_control=*/false);
};

std::string description(const Tool& tool) {
  json::object text{{"name", tool.name}};
  if (tool.description) text["description"] = *tool.description;
  text["parameters"] = tool.parameters ? *tool.parameters : json::object{{"type", "object"}};
  return json::serialize(text);
}

}  // namespace

std::shared_ptr<const ChatFormat> make_generic_format() {
  return std::make_shared<GenericFormat>();
}

std::string generic_tool_prompt(const ToolUse& tool_use) {
  if (!calls_allowed(tool_use)) return {};
  std::string text =
      "You can call functions to answer the user. Between <tools> and </tools> each line describes one: its "
      "name, what it does, and the JSON Schema of its arguments.\n<tools>\n";
  for (const Tool& tool : tool_use.tools) text += description(tool) + "\n";
  text +=
      "</tools>\nTo call a function, write its name and arguments as a JSON object in this form and nothing "
      "after it:\n<tool_call>\n{\"name\": \"function_name\", \"arguments\": {\"argument\": \"value\"}}\n"
      "</tool_call>\n";
  if (tool_use.parallel) text += "Several calls follow each other, each in such a block. ";
  text += "The results come back between <tool_response> and </tool_response>.";
  if (tool_use.choice == ToolChoice::kRequired) text += " Answer with a call of a function.";
  if (tool_use.choice == ToolChoice::kFunction) {
    text += " Answer with a call of the function " + tool_use.function + ".";
  }
  return text;
}

std::string generic_calls_text(std::span<const ToolCall> calls) {
  std::string text;
  for (const ToolCall& call : calls) {
    text += std::string(text.empty() ? "" : "\n") +
            "<tool_call>\n{\"name\": " + json::serialize(json::string(call.name)) +
            ", \"arguments\": " + (call.arguments.empty() ? "{}" : call.arguments) + "}\n</tool_call>";
  }
  return text;
}

std::string generic_result_text(std::string_view result) {
  return "<tool_response>\n" + std::string(result) + "\n</tool_response>";
}

}  // namespace peregrine::service
