#include "service/chat/formats/think.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "service/chat/formats/think_parser.h"

namespace peregrine::service {
namespace {

using grammar::GrammarBuilder;
using Node = GrammarBuilder::Node;

class ThinkingFormat final : public ChatFormat {
 public:
  ThinkingFormat(std::shared_ptr<const ChatFormat> inner, bool markers_are_control)
      : inner_(std::move(inner)),
        control_(markers_are_control),
        name_("think+" + std::string(inner_->name())) {}

  std::string_view name() const override { return name_; }

  std::unique_ptr<OutputParser> parser(const FormatRequest& request) const override {
    return std::make_unique<ThinkParser>(inner_->parser(request), request.prompt_opens_reasoning, control_);
  }

  Result<std::optional<Node>> constraint(GrammarBuilder& builder,
                                         const FormatRequest& request) const override {
    PEREGRINE_ASSIGN(const auto inner, inner_->constraint(builder, request));
    // An answer that was begun already is not interrupted by thoughts.
    const bool may_think = request.reasoning && !request.prompt_opens_answer;
    if (!inner || !(may_think || request.prompt_opens_reasoning)) return inner;
    PEREGRINE_ASSIGN(const Node rest, rest_of_block(builder));
    const Node thought = builder.sequence({rest, *inner});
    if (request.prompt_opens_reasoning) return thought;
    PEREGRINE_ASSIGN(const Node open, builder.literal(marker(kThinkOpen)));
    return builder.choice({*inner, builder.sequence({open, thought})});
  }

 private:
  std::string marker(std::string_view piece) const {
    return control_ ? control_mark(piece) : std::string(piece);
  }

  // Reasoning, the closing marker, and the empty lines that models write behind it.
  Result<Node> rest_of_block(GrammarBuilder& builder) const {
    static const std::array<std::string, 3> kLineBreaks = {"", "\n", "\n\n"};
    PEREGRINE_ASSIGN(const Node breaks, builder.one_of(kLineBreaks));
    if (!control_) {
      PEREGRINE_ASSIGN(const Node text, builder.text_until(kThinkClose));
      return builder.sequence({text, breaks});
    }
    PEREGRINE_ASSIGN(const Node text, builder.text_without({}));
    PEREGRINE_ASSIGN(const Node close, builder.literal(marker(kThinkClose)));
    return builder.sequence({text, close, breaks});
  }

  const std::shared_ptr<const ChatFormat> inner_;
  const bool control_;
  const std::string name_;
};

}  // namespace

std::shared_ptr<const ChatFormat> with_thinking(std::shared_ptr<const ChatFormat> inner,
                                                bool markers_are_control) {
  return std::make_shared<ThinkingFormat>(std::move(inner), markers_are_control);
}

}  // namespace peregrine::service
