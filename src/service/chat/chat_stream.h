// Turns the token events of a request's generations into the parts of its answers. Single consumer; see
// ChatStream.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "engine/generation.h"
#include "service/chat/answer_plan.h"
#include "service/chat/chat.h"
#include "service/chat/choice_reader.h"
#include "service/library/library.h"

namespace peregrine::service {

class EngineChatStream final : public ChatStream {
 public:
  // Of a TextGenerator.
  EngineChatStream(ModelLease model, std::vector<std::unique_ptr<engine::Generation>> generations,
                   AnswerPlan plan, std::uint64_t seed, std::optional<DebugDump> debug);

  std::optional<ChatEvent> poll() override;
  void on_ready(std::function<void()> callback) override;
  std::uint64_t seed() const override { return seed_; }
  const std::string& fingerprint() const override { return model_->fingerprint; }
  std::uint32_t completion_tokens() const override;

 private:
  struct Choice {
    std::unique_ptr<engine::Generation> generation;
    std::unique_ptr<ChoiceReader> reader;
    bool ended = false;  // the client has the whole answer
    std::uint32_t completion_tokens = 0;
    std::optional<engine::Finished> finished;
  };

  void take_tokens(std::uint32_t index, const engine::TokenEvent& event);
  void take_finished(std::uint32_t index, const engine::Finished& finished);
  std::optional<ChatFailed> failure(const Choice& choice, engine::FinishReason reason) const;
  void end_choice(std::uint32_t index, ChatFinishReason reason);
  void dump(engine::TokenId token);
  void finish_stream();
  void fail_stream(ChatFailed failed);

  const ModelLease model_;  // first: generations end before it
  const TextGenerator& generator_;
  const AnswerPlan plan_;  // readers look at it
  const std::uint64_t seed_;
  std::deque<ChatEvent> ready_;
  std::vector<Choice> choices_;
  std::optional<DebugDump> debug_;
  std::size_t next_ = 0;  // choice to look at first: all get their turn
  std::size_t unfinished_;
  bool over_ = false;
};

}  // namespace peregrine::service
