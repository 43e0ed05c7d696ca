// Reads one choice's tokens: raw text, through its format's parser, to the parts of an answer.
//
// Content passes the marks of citations and the stop sequences on its way. Each token's log-probability goes
// out with the content that its text ends in; tokens of reasoning and calls have none to show.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/generation.h"
#include "service/chat/answer_plan.h"
#include "service/chat/chat.h"
#include "service/chat/citations.h"
#include "service/chat/logprob_queue.h"
#include "service/chat/stop_matcher.h"
#include "text/tokenizer/decode.h"

namespace peregrine::service {

class ChoiceReader final : private OutputSink {
 public:
  // Writes events of choice `index` to `events`. Outlived by all three.
  ChoiceReader(std::uint32_t index, const AnswerPlan& plan, const text::Vocabulary& vocabulary,
               std::deque<ChatEvent>& events);
  ChoiceReader(const ChoiceReader&) = delete;
  ChoiceReader& operator=(const ChoiceReader&) = delete;
  ~ChoiceReader() override = default;

  void take(engine::TokenId token, const std::optional<engine::TokenLogprobs>& logprobs);
  // The model says nothing more.
  void finish();

  // A stop sequence came: the answer has ended before the model has.
  bool stopped() const { return stops_.found(); }
  bool called_tools() const { return complete_calls_ > 0; }
  std::uint32_t reasoning_tokens() const { return reasoning_tokens_; }
  const std::string& raw() const { return raw_; }

 private:
  void content(std::string_view text, std::size_t raw) override;
  void reasoning(std::string_view text) override;
  void call_begin(std::string_view id, std::string_view name) override;
  void call_arguments(std::string_view piece) override;
  void call_end(bool complete) override;

  void push_raw(std::string_view text);
  void answer(std::string_view text, std::size_t raw);
  void emit(std::string text, bool last);
  void other_part();
  TokenLogprob describe(engine::TokenId token, const engine::TokenLogprobs& logprobs) const;
  TokenLogprob::Alternative describe(engine::TokenId token, float logprob) const;

  const std::uint32_t index_;
  const AnswerPlan& plan_;
  const text::Vocabulary& vocabulary_;
  std::deque<ChatEvent>& events_;
  text::StreamingDetokenizer detokenizer_;
  std::unique_ptr<OutputParser> parser_;
  std::unique_ptr<OutputParser> counter_;  // of reasoning tokens, where parser_ does not see them; else null
  CitationReader citations_;
  StopMatcher stops_;
  std::string raw_;
  std::string fresh_;  // content of the current token, to go out in one piece
  LogprobQueue logprobs_;
  std::size_t emitted_ = 0;  // bytes of content
  std::uint32_t calls_ = 0;
  std::uint32_t complete_calls_ = 0;
  std::uint32_t reasoning_tokens_ = 0;
};

}  // namespace peregrine::service
