#include "service/chat/formats/guard.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "service/chat/formats/raw_text.h"

namespace peregrine::service {
namespace {

using grammar::GrammarBuilder;
using Node = GrammarBuilder::Node;

constexpr int kCategories = 14;
constexpr std::string_view kLineBreaks = "\r\n";

class GuardParser final : public OutputParser {
 public:
  void push(std::string_view raw, OutputSink& sink) override {
    for_each_part(
        raw, [&](std::string_view text, std::size_t at) { take_text(text, offset_ + at, sink); },
        [](std::string_view) {});
    offset_ += raw.size();
  }

  void finish(OutputSink&) override {}
  bool in_reasoning() const override { return false; }

 private:
  void take_text(std::string_view text, std::size_t raw, OutputSink& sink) {
    const std::size_t skipped = begun_ ? 0 : std::min(text.find_first_not_of(kLineBreaks), text.size());
    if (skipped == text.size()) return;
    begun_ = true;
    sink.content(text.substr(skipped), raw + skipped);
  }

  bool begun_ = false;
  std::size_t offset_ = 0;  // of the next raw text
};

// Lists of the categories from the first to the last, not empty. Each rest of a list is one node, used twice.
Result<Node> categories(GrammarBuilder& builder) {
  PEREGRINE_ASSIGN(Node lists, builder.literal("S" + std::to_string(kCategories)));
  for (int category = kCategories - 1; category >= 1; --category) {
    PEREGRINE_ASSIGN(const Node alone, builder.literal("S" + std::to_string(category)));
    PEREGRINE_ASSIGN(const Node first, builder.literal("S" + std::to_string(category) + ","));
    lists = builder.choice({alone, builder.sequence({first, lists}), lists});
  }
  return lists;
}

class GuardFormat final : public ChatFormat {
 public:
  std::string_view name() const override { return "guard"; }

  std::unique_ptr<OutputParser> parser(const FormatRequest&) const override {
    return std::make_unique<GuardParser>();
  }

  Result<std::optional<Node>> constraint(GrammarBuilder& builder, const FormatRequest&) const override {
    const std::array<std::string, 3> breaks = {"", "\n", "\n\n"};
    PEREGRINE_ASSIGN(const Node before, builder.one_of(breaks));
    PEREGRINE_ASSIGN(const Node safe, builder.literal("safe"));
    PEREGRINE_ASSIGN(const Node unsafe, builder.literal("unsafe\n"));
    PEREGRINE_ASSIGN(const Node violated, categories(builder));
    return builder.sequence({before, builder.choice({safe, builder.sequence({unsafe, violated})})});
  }
};

}  // namespace

std::shared_ptr<const ChatFormat> make_guard_format() {
  return std::make_shared<GuardFormat>();
}

}  // namespace peregrine::service
