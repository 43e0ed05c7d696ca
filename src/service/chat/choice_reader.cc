#include "service/chat/choice_reader.h"

#include <fmt/format.h>

#include <utility>

#include "base/ids.h"
#include "base/utf8.h"
#include "service/chat/formats/think_parser.h"

namespace peregrine::service {
namespace {

// An answer continues a text that the reader has, so its first token keeps its space.
constexpr text::DecodeOptions kAnswer{.render_special = false, .at_text_start = false};

// For parsers that are only asked what they see.
class DeafSink final : public OutputSink {
 public:
  void content(std::string_view, std::size_t) override {}
  void reasoning(std::string_view) override {}
  void call_begin(std::string_view, std::string_view) override {}
  void call_arguments(std::string_view) override {}
  void call_end(bool) override {}
};

}  // namespace

ChoiceReader::ChoiceReader(std::uint32_t index, const AnswerPlan& plan, const text::Vocabulary& vocabulary,
                           std::deque<ChatEvent>& events)
    : index_(index),
      plan_(plan),
      vocabulary_(vocabulary),
      events_(events),
      detokenizer_(vocabulary, kAnswer),
      parser_(plan.format->parser(plan.format_request())),
      counter_(plan.counting_format ? plan.counting_format->parser(plan.format_request()) : nullptr),
      citations_(plan.sources),
      stops_(plan.stop) {
  // The reader sees a block that the prompt began from its beginning.
  if (plan.opened_reasoning && plan.shown == ReasoningFormat::kRaw) emit("<think>\n", false);
}

void ChoiceReader::take(engine::TokenId token, const std::optional<engine::TokenLogprobs>& logprobs) {
  if ((counter_ ? *counter_ : *parser_).in_reasoning()) ++reasoning_tokens_;
  const bool control = vocabulary_.kind(token) == text::TokenKind::kControl;
  std::string text = control ? detokenizer_.flush() : detokenizer_.push(token);
  const std::string_view piece = vocabulary_.piece(token);
  if (counter_) {
    DeafSink nobody;
    counter_->push(control ? text + control_mark(piece) : text, nobody);
  }
  if (control) {
    // A block of thoughts that is shown as it stands is shown with its markers.
    const bool shown = plan_.shown == ReasoningFormat::kRaw && (piece == kThinkOpen || piece == kThinkClose);
    text += shown ? std::string(piece) : control_mark(piece);
  }
  if (logprobs) logprobs_.add(raw_.size(), raw_.size() + text.size(), describe(token, *logprobs));
  push_raw(text);
  if (!stopped()) emit(stops_.push(std::exchange(fresh_, {})), false);
}

void ChoiceReader::finish() {
  push_raw(detokenizer_.flush());
  parser_->finish(*this);
  citations_.flush([this](std::string_view text, std::size_t raw) { answer(text, raw); });
  logprobs_.finish();
  // A stop sequence made whole by the flush of a broken character ends the answer like any other.
  std::string text = stops_.push(std::exchange(fresh_, {}));
  if (!stopped()) text += stops_.flush();
  emit(std::move(text), true);
}

void ChoiceReader::push_raw(std::string_view text) {
  raw_ += text;
  parser_->push(text, *this);
}

void ChoiceReader::content(std::string_view text, std::size_t raw) {
  citations_.push(
      text, raw, [this](std::string_view part, std::size_t at) { answer(part, at); },
      [this](const Citation& citation) {
        if (!stopped()) events_.emplace_back(CitationFound{index_, citation});
      });
}

void ChoiceReader::answer(std::string_view text, std::size_t raw) {
  logprobs_.place(raw, text.size());
  fresh_ += text;
}

void ChoiceReader::emit(std::string text, bool last) {
  emitted_ += text.size();
  TextDelta delta{index_, std::move(text), logprobs_.release(emitted_, last || stopped())};
  if (!delta.text.empty() || !delta.logprobs.empty()) events_.emplace_back(std::move(delta));
}

// Content is over, at least for now: what was held back of it goes out before the other part begins.
void ChoiceReader::other_part() {
  citations_.flush([this](std::string_view text, std::size_t raw) { answer(text, raw); });
  std::string text = stops_.push(std::exchange(fresh_, {}));
  if (!stopped()) text += stops_.flush();
  emit(std::move(text), false);
}

void ChoiceReader::reasoning(std::string_view text) {
  if (plan_.shown != ReasoningFormat::kParsed || stopped()) return;
  other_part();
  events_.emplace_back(ReasoningDelta{index_, std::string(text), plan_.analyses});
}

void ChoiceReader::call_begin(std::string_view id, std::string_view name) {
  other_part();
  ++calls_;
  if (stopped()) return;
  events_.emplace_back(ToolCallDelta{
      index_, calls_ - 1, id.empty() ? base::type_id("call") : std::string(id), std::string(name), {}});
}

void ChoiceReader::call_arguments(std::string_view piece) {
  if (stopped() || piece.empty()) return;
  events_.emplace_back(ToolCallDelta{index_, calls_ - 1, {}, {}, std::string(piece)});
}

void ChoiceReader::call_end(bool complete) {
  if (stopped()) return;
  if (complete) ++complete_calls_;
  events_.emplace_back(ToolCallEnd{index_, calls_ - 1, complete});
}

TokenLogprob ChoiceReader::describe(engine::TokenId token, const engine::TokenLogprobs& logprobs) const {
  TokenLogprob out;
  out.chosen = describe(token, logprobs.chosen);
  out.top.reserve(logprobs.top.size());
  for (const auto& [other, logprob] : logprobs.top) out.top.push_back(describe(other, logprob));
  return out;
}

TokenLogprob::Alternative ChoiceReader::describe(engine::TokenId token, float logprob) const {
  const std::string_view bytes = vocabulary_.bytes(token);
  return {base::utf8_sanitize(bytes), std::string(bytes), logprob};
}

}  // namespace peregrine::service
