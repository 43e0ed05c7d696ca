// Turns the token events of a request's generations into text deltas. Single consumer; see ChatStream.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "engine/generation.h"
#include "service/chat/chat.h"
#include "service/chat/stop_matcher.h"
#include "service/library/library.h"

namespace peregrine::service {

class EngineChatStream final : public ChatStream {
 public:
  EngineChatStream(ModelLease model, std::vector<std::unique_ptr<engine::Generation>> generations,
                   const std::vector<std::string>& stop, std::uint64_t seed, std::optional<DebugDump> debug);

  std::optional<ChatEvent> poll() override;
  void on_ready(std::function<void()> callback) override;
  std::uint64_t seed() const override { return seed_; }
  const std::string& fingerprint() const override { return model_->fingerprint; }

 private:
  // Log-probabilities of a token, due once all of its text has been emitted.
  struct PendingLogprob {
    std::size_t text_end;  // offset in the choice's text where the token's own ends
    TokenLogprob logprob;
  };

  struct Choice {
    std::unique_ptr<engine::Generation> generation;
    text::StreamingDetokenizer detokenizer;
    StopMatcher stops;
    std::size_t decoded = 0;  // bytes that came out of the detokeniser
    std::size_t emitted = 0;  // bytes that went to the client
    std::deque<PendingLogprob> pending;
    std::size_t described = 0;  // where the text of the first pending token begins
    bool ended = false;         // the client has the whole answer
    std::uint32_t completion_tokens = 0;
    std::optional<engine::Finished> finished;
  };

  void take_token(std::uint32_t index, const engine::TokenEvent& event);
  void take_finished(std::uint32_t index, const engine::Finished& finished);
  void emit(std::uint32_t index, std::string text, bool last);
  void end_choice(std::uint32_t index, ChatFinishReason reason);
  TokenLogprob describe(const engine::TokenEvent& event) const;
  TokenLogprob::Alternative describe(engine::TokenId token, float logprob) const;
  void finish_stream();
  void fail_stream(const Error& error);

  const ModelLease model_;  // first: generations end before it
  const std::uint64_t seed_;
  std::vector<Choice> choices_;
  std::deque<ChatEvent> ready_;
  std::optional<DebugDump> debug_;
  std::size_t next_ = 0;  // choice to look at first: all get their turn
  std::size_t unfinished_;
  bool over_ = false;
};

}  // namespace peregrine::service
