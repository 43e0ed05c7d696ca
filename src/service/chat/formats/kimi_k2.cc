#include "service/chat/formats/kimi_k2.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/chat/formats/answer.h"
#include "service/chat/formats/call_grammar.h"
#include "service/chat/formats/call_reader.h"
#include "service/chat/formats/callable_names.h"
#include "service/chat/formats/raw_text.h"

namespace peregrine::service {
namespace {

using Node = GrammarBuilder::Node;

constexpr std::string_view kSectionBegin = "<|tool_calls_section_begin|>";
constexpr std::string_view kSectionEnd = "<|tool_calls_section_end|>";
constexpr std::string_view kCallBegin = "<|tool_call_begin|>";
constexpr std::string_view kArgumentBegin = "<|tool_call_argument_begin|>";
constexpr std::string_view kCallEnd = "<|tool_call_end|>";
constexpr std::string_view kFunctions = "functions.";
constexpr std::size_t kMaxIdBytes = 256;
constexpr std::uint32_t kMaxSectionCalls = 128;  // in one answer

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// NAME of functions.NAME:INDEX; empty if that is not what the id looks like.
std::string_view name_of(std::string_view id) {
  const std::size_t colon = id.rfind(':');
  if (!id.starts_with(kFunctions) || colon == std::string_view::npos) return {};
  const std::string_view index = id.substr(colon + 1);
  if (index.empty() || index.find_first_not_of("0123456789") != std::string_view::npos) return {};
  return id.substr(kFunctions.size(), colon - kFunctions.size());
}

class KimiK2Parser final : public OutputParser {
 public:
  explicit KimiK2Parser(const FormatRequest& request) : callable_(request.tool_use) {}

  void push(std::string_view raw, OutputSink& sink) override {
    for_each_part(
        raw, [&](std::string_view text, std::size_t at) { take_text(text, offset_ + at, sink); },
        [&](std::string_view piece) { take_control(piece, sink); });
    offset_ += raw.size();
  }

  void finish(OutputSink& sink) override {
    if (place_ == Place::kCall) call_.end(true, sink);
    const bool cut_off =
        !callable_.empty() && (kFunctions.starts_with(trimmed(id_)) || trimmed(id_).starts_with(kFunctions));
    if (place_ == Place::kId && !cut_off) id_is_content(sink);
    if (!called_) blanks_.release(sink);
  }

  bool in_reasoning() const override { return false; }

 private:
  enum class Place { kText, kId, kCall };

  void take_text(std::string_view text, std::size_t raw, OutputSink& sink) {
    switch (place_) {
      case Place::kText:
        write(text, raw, sink);
        break;
      case Place::kId:
        take_id(text, raw, sink);
        break;
      case Place::kCall:
        call_.push(text, raw, sink);
        break;
    }
  }

  // An id that is too long is content, and so is what follows it, wherever the pieces end.
  void take_id(std::string_view text, std::size_t raw, OutputSink& sink) {
    const std::string_view own = text.substr(0, kMaxIdBytes + 1 - id_.size());
    id_text_.add(own, raw);
    id_ += own;
    if (id_.size() <= kMaxIdBytes) return;
    id_is_content(sink);
    if (own.size() < text.size()) write(text.substr(own.size()), raw + own.size(), sink);
  }

  void take_control(std::string_view piece, OutputSink& sink) {
    if (piece == kArgumentBegin) {
      if (place_ == Place::kId) open_call(sink);
    } else if (piece == kSectionBegin || piece == kSectionEnd || piece == kCallBegin || piece == kCallEnd) {
      if (place_ == Place::kId) id_is_content(sink);
      if (place_ == Place::kCall) call_.end(false, sink);
      place_ = piece == kCallBegin ? Place::kId : Place::kText;
      id_.clear();
      id_text_.clear();
    } else if (place_ == Place::kId) {
      id_is_content(sink);
    }
  }

  void open_call(OutputSink& sink) {
    const std::string_view id = trimmed(id_);
    const std::string_view name = name_of(id);
    if (name.empty() || !callable_.contains(name)) {
      id_is_content(sink);
      return;
    }
    place_ = Place::kCall;
    called_ = true;
    blanks_.clear();
    call_.begin(id, name, sink);
  }

  void id_is_content(OutputSink& sink) {
    place_ = Place::kText;
    if (id_text_.bytes() > 0) blanks_.release(sink);
    id_text_.release(sink);
  }

  void write(std::string_view text, std::size_t raw, OutputSink& sink) {
    const std::size_t end = text.find_last_not_of(kBlanks) + 1;  // 0: nothing but blanks
    if (end > 0) {
      blanks_.release(sink);
      sink.content(text.substr(0, end), raw);
    }
    blanks_.add(text.substr(end), raw + end);
  }

  const CallableNames callable_;
  Place place_ = Place::kText;
  HeldText blanks_;  // content unless a call follows or came before
  std::string id_;
  HeldText id_text_;
  CallReader call_;
  bool called_ = false;
  std::size_t offset_ = 0;  // of the next raw text
};

Result<Node> section(GrammarBuilder& builder, const std::vector<CallNodes>& calls, bool parallel) {
  PEREGRINE_ASSIGN(const Node begin, builder.literal(control_mark(kSectionBegin)));
  PEREGRINE_ASSIGN(const Node end, builder.literal(control_mark(kSectionEnd)));
  PEREGRINE_ASSIGN(const Node call_begin,
                   builder.literal(control_mark(kCallBegin) + std::string(kFunctions)));
  PEREGRINE_ASSIGN(const Node index, builder.regex(":[0-9]{1,3}"));
  PEREGRINE_ASSIGN(const Node argument_begin, builder.literal(control_mark(kArgumentBegin)));
  PEREGRINE_ASSIGN(const Node call_end, builder.literal(control_mark(kCallEnd)));
  std::vector<Node> functions;
  functions.reserve(calls.size());
  for (const auto& [name, arguments] : calls) {
    functions.push_back(builder.sequence({name, index, argument_begin, arguments}));
  }
  const Node call = builder.sequence({call_begin, builder.choice(functions), call_end});
  PEREGRINE_ASSIGN(const Node some, builder.repeat(call, 1, parallel ? kMaxSectionCalls : 1));
  return builder.sequence({begin, some, end});
}

class KimiK2Format final : public ChatFormat {
 public:
  std::string_view name() const override { return "kimi-k2"; }

  std::unique_ptr<OutputParser> parser(const FormatRequest& request) const override {
    return std::make_unique<KimiK2Parser>(request);
  }

  Result<std::optional<Node>> constraint(GrammarBuilder& builder,
                                         const FormatRequest& request) const override {
    const ToolUse& tool_use = request.tool_use;
    PEREGRINE_ASSIGN(const auto calls, call_nodes(builder, tool_use));
    PEREGRINE_ASSIGN(const auto shape, answer_node(builder, request.answer));
    // Tools that must not be called stand in the prompt all the same: the marks are kept out.
    if (!shape && calls.empty() && tool_use.tools.empty()) return std::nullopt;
    PEREGRINE_ASSIGN(const Node text, builder.text_without({}));
    if (calls.empty()) return shape.value_or(text);
    PEREGRINE_ASSIGN(const Node made, section(builder, calls, tool_use.parallel));
    if (calls_required(tool_use)) return made;
    if (shape) return builder.choice({*shape, made});
    return builder.choice({text, builder.sequence({text, made})});
  }
};

}  // namespace

std::shared_ptr<const ChatFormat> make_kimi_k2_format() {
  return std::make_shared<KimiK2Format>();
}

}  // namespace peregrine::service
