#include "service/chat/chat_stream.h"

#include <prometheus/counter.h>

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace peregrine::service {
namespace {

ChatFailed failed(ErrorCode code, std::string message) {
  return {.error = {code, std::move(message), {}}, .kind = FailureKind::kBroken, .generation = {}};
}

}  // namespace

EngineChatStream::EngineChatStream(ModelLease model,
                                   std::vector<std::unique_ptr<engine::Generation>> generations,
                                   AnswerPlan plan, std::uint64_t seed, std::optional<DebugDump> debug)
    : model_(std::move(model)),
      generator_(*model_->as<TextGenerator>()),
      plan_(std::move(plan)),
      seed_(seed),
      debug_(std::move(debug)),
      unfinished_(generations.size()) {
  choices_.reserve(generations.size());
  for (std::uint32_t i = 0; i < generations.size(); ++i) {
    Choice& choice = choices_.emplace_back();
    choice.generation = std::move(generations[i]);
    choice.reader =
        std::make_unique<ChoiceReader>(i, plan_, generator_.text->tokenizer->vocabulary(), ready_);
  }
}

void EngineChatStream::on_ready(std::function<void()> callback) {
  for (Choice& choice : choices_) choice.generation->on_ready(callback);
}

std::uint32_t EngineChatStream::completion_tokens() const {
  std::uint32_t tokens = 0;
  for (const Choice& choice : choices_) tokens += choice.completion_tokens;
  return tokens;
}

std::optional<ChatEvent> EngineChatStream::poll() {
  while (ready_.empty() && !over_) {
    // One event of the next choice that has one; nothing anywhere means nothing for now.
    bool progress = false;
    for (std::size_t tried = 0; tried < choices_.size() && !progress; ++tried) {
      const auto index = static_cast<std::uint32_t>(next_);
      next_ = (next_ + 1) % choices_.size();
      if (choices_[index].finished) continue;
      std::optional<engine::Event> event = choices_[index].generation->poll();
      if (!event) continue;
      progress = true;
      if (const auto* token = std::get_if<engine::TokenEvent>(&*event)) {
        take_tokens(index, *token);
      } else {
        take_finished(index, std::get<engine::Finished>(*event));
      }
    }
    if (!progress) return std::nullopt;
  }
  if (ready_.empty()) return std::nullopt;
  ChatEvent event = std::move(ready_.front());
  ready_.pop_front();
  return event;
}

void EngineChatStream::take_tokens(std::uint32_t index, const engine::TokenEvent& event) {
  Choice& choice = choices_[index];
  const auto take = [&](engine::TokenId token, const std::optional<engine::TokenLogprobs>& logprobs) {
    if (choice.ended) return;  // tokens of the step in which the answer ended
    ++choice.completion_tokens;
    dump(token);
    choice.reader->take(token, logprobs);
    if (!choice.reader->stopped()) return;
    end_choice(index, ChatFinishReason::kStop);
    choice.generation->cancel();
  };
  take(event.token, event.logprobs);
  for (const engine::TokenId token : event.forced) take(token, std::nullopt);
}

void EngineChatStream::dump(engine::TokenId token) {
  if (!debug_) return;
  debug_->output_token_ids.push_back(token);
  debug_->output_tokens.emplace_back(
      base::utf8_sanitize(generator_.text->tokenizer->vocabulary().piece(token)));
}

void EngineChatStream::take_finished(std::uint32_t index, const engine::Finished& finished) {
  Choice& choice = choices_[index];
  choice.finished = finished;
  if (!choice.ended) {
    if (auto broken = failure(choice, finished.reason)) return fail_stream(std::move(*broken));
    choice.reader->finish();
    ChatFinishReason reason = ChatFinishReason::kLength;
    if (choice.reader->stopped()) {
      reason = ChatFinishReason::kStop;
    } else if (finished.reason == engine::FinishReason::kStop) {
      reason = choice.reader->called_tools() ? ChatFinishReason::kToolCalls : ChatFinishReason::kStop;
    }
    end_choice(index, reason);
  }
  if (--unfinished_ == 0) finish_stream();
}

// Why an answer that the engine has ended is none.
std::optional<ChatFailed> EngineChatStream::failure(const Choice& choice, engine::FinishReason reason) const {
  const bool calls = plan_.tool_use.choice != ToolChoice::kNone;
  switch (reason) {
    case engine::FinishReason::kFailed:
      return failed(ErrorCode::kInternal, "the model failed to compute the next token");
    case engine::FinishReason::kCancelled:
      return failed(ErrorCode::kUnavailable, "the server is shutting down");
    case engine::FinishReason::kConstrained:
      if (calls && generator_.tool_use_failures != nullptr) generator_.tool_use_failures->Increment();
      return ChatFailed{
          .error = {ErrorCode::kResourceExhausted, "the constraint on the answer went over a limit", {}},
          .kind = calls ? FailureKind::kToolCall : FailureKind::kInvalidJson,
          .generation = base::utf8_sanitize(choice.reader->raw())};
    case engine::FinishReason::kLength:
      if (!plan_.answer.whole || calls) return std::nullopt;
      return ChatFailed{
          .error = {ErrorCode::kResourceExhausted, "the completion budget ended within the document", {}},
          .kind = FailureKind::kInvalidJson,
          .generation = "max completion tokens reached before generating a valid document"};
    case engine::FinishReason::kStop:
      break;
  }
  return std::nullopt;
}

void EngineChatStream::end_choice(std::uint32_t index, ChatFinishReason reason) {
  choices_[index].ended = true;
  ready_.emplace_back(ChoiceFinished{index, reason});
}

void EngineChatStream::finish_stream() {
  Usage usage;
  for (const Choice& choice : choices_) {
    const engine::Finished& f = *choice.finished;
    usage.prompt_tokens = std::max(usage.prompt_tokens, f.prompt_tokens);
    usage.reasoning_tokens += choice.reader->reasoning_tokens();
    usage.completion_seconds = std::max(usage.completion_seconds, f.completion_seconds);
  }
  usage.completion_tokens = completion_tokens();
  // The first choice read the prompt; the others found it in the cache.
  const engine::Finished& first = *choices_.front().finished;
  usage.cached_tokens = first.cached_tokens;
  usage.queue_seconds = first.queue_seconds;
  usage.prompt_seconds = first.prompt_seconds;
  over_ = true;
  ready_.emplace_back(ChatDone{usage, std::move(debug_)});
}

void EngineChatStream::fail_stream(ChatFailed failed) {
  for (Choice& choice : choices_) choice.generation->cancel();
  over_ = true;
  ready_.emplace_back(std::move(failed));
}

}  // namespace peregrine::service
