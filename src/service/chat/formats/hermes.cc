#include "service/chat/formats/hermes.h"

#include <array>
#include <span>
#include <string>
#include <vector>

#include "service/chat/formats/answer.h"
#include "service/chat/formats/call_grammar.h"
#include "service/chat/formats/call_parser.h"

namespace peregrine::service {
namespace {

class HermesFormat final : public ChatFormat {
 public:
  explicit HermesFormat(bool markers_are_control) {
    const auto marker = [&](const char* piece) {
      return markers_are_control ? control_mark(piece) : std::string(piece);
    };
    syntax_.markers = {{marker("<tool_call>"), marker("</tool_call>")}};
  }

  std::string_view name() const override { return "hermes"; }

  std::unique_ptr<OutputParser> parser(const FormatRequest& request) const override {
    return std::make_unique<CallParser>(syntax_, request.tool_use);
  }

  Result<std::optional<GrammarBuilder::Node>> constraint(GrammarBuilder& builder,
                                                         const FormatRequest& request) const override {
    if (!calls_allowed(request.tool_use)) return answer_node(builder, request.answer);
    const auto& [open_text, close_text, unused] = syntax_.markers.front();
    PEREGRINE_ASSIGN(const auto open, builder.literal(open_text + "\n"));
    PEREGRINE_ASSIGN(const auto close, builder.literal("\n" + close_text));
    PEREGRINE_ASSIGN(const auto call, json_call_node(builder, request.tool_use, "arguments"));
    PEREGRINE_ASSIGN(const auto line_break, builder.literal("\n"));
    PEREGRINE_ASSIGN(const auto calls, calls_node(builder, request.tool_use,
                                                  builder.sequence({open, call, close}), line_break));
    // A mark is no text in any case.
    PEREGRINE_ASSIGN(const auto text, builder.text_without(std::span(&open_text, 1)));
    const auto nothing = builder.sequence({});
    return answer_or_calls(builder, request, calls,
                           builder.sequence({text, builder.choice({nothing, calls})}));
  }

 private:
  CallSyntax syntax_;
};

}  // namespace

std::shared_ptr<const ChatFormat> make_hermes_format(bool markers_are_control) {
  return std::make_shared<HermesFormat>(markers_are_control);
}

}  // namespace peregrine::service
