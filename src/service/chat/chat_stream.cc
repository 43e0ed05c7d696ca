#include "service/chat/chat_stream.h"

#include <algorithm>

#include "base/utf8.h"

namespace peregrine::service {
namespace {

// An answer continues a text that the reader has, so its first token keeps its space.
constexpr text::DecodeOptions kAnswer{.render_special = false, .at_text_start = false};

}  // namespace

EngineChatStream::EngineChatStream(ModelLease model,
                                   std::vector<std::unique_ptr<engine::Generation>> generations,
                                   const std::vector<std::string>& stop, std::uint64_t seed,
                                   std::optional<DebugDump> debug)
    : model_(std::move(model)), seed_(seed), debug_(std::move(debug)), unfinished_(generations.size()) {
  choices_.reserve(generations.size());
  for (auto& generation : generations) {
    choices_.push_back({.generation = std::move(generation),
                        .detokenizer = text::StreamingDetokenizer(model_->tokenizer->vocabulary(), kAnswer),
                        .stops = StopMatcher(stop),
                        .pending = {},
                        .finished = {}});
  }
}

void EngineChatStream::on_ready(std::function<void()> callback) {
  for (Choice& choice : choices_) choice.generation->on_ready(callback);
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
        take_token(index, *token);
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

void EngineChatStream::take_token(std::uint32_t index, const engine::TokenEvent& event) {
  Choice& choice = choices_[index];
  if (choice.ended) return;  // tokens of the step in which the answer ended
  ++choice.completion_tokens;
  if (debug_) {
    debug_->output_token_ids.push_back(event.token);
    debug_->output_tokens.emplace_back(
        base::utf8_sanitize(model_->tokenizer->vocabulary().piece(event.token)));
  }
  const std::string text = choice.detokenizer.push(event.token);
  choice.decoded += text.size();
  if (event.logprobs) choice.pending.push_back({choice.decoded, describe(event)});
  emit(index, choice.stops.push(text), false);
  if (choice.stops.found()) {
    end_choice(index, ChatFinishReason::kStop);
    choice.generation->cancel();
  }
}

void EngineChatStream::take_finished(std::uint32_t index, const engine::Finished& finished) {
  Choice& choice = choices_[index];
  choice.finished = finished;
  if (!choice.ended) {
    switch (finished.reason) {
      case engine::FinishReason::kFailed:
        return fail_stream({ErrorCode::kInternal, "the model failed to compute the next token", {}});
      case engine::FinishReason::kCancelled:
        return fail_stream({ErrorCode::kUnavailable, "the server is shutting down", {}});
      case engine::FinishReason::kStop:
      case engine::FinishReason::kLength:
        break;
    }
    const std::string rest = choice.detokenizer.flush();
    choice.decoded += rest.size();
    std::string text = choice.stops.push(rest);
    // A stop sequence made whole by the flush of a broken character ends the answer like any other.
    const bool stopped = choice.stops.found();
    if (!stopped) text += choice.stops.flush();
    emit(index, std::move(text), true);
    end_choice(index, stopped || finished.reason == engine::FinishReason::kStop ? ChatFinishReason::kStop
                                                                                : ChatFinishReason::kLength);
  }
  if (--unfinished_ == 0) finish_stream();
}

void EngineChatStream::emit(std::uint32_t index, std::string text, bool last) {
  Choice& choice = choices_[index];
  choice.emitted += text.size();
  const bool ending = last || choice.stops.found();
  TextDelta delta{index, std::move(text), {}};
  // A token whose text is cut by the end of the answer still belongs to it if it began before the cut.
  while (!choice.pending.empty() && (choice.pending.front().text_end <= choice.emitted ||
                                     (ending && choice.described < choice.emitted))) {
    choice.described = choice.pending.front().text_end;
    delta.logprobs.push_back(std::move(choice.pending.front().logprob));
    choice.pending.pop_front();
  }
  if (!delta.text.empty() || !delta.logprobs.empty()) ready_.emplace_back(std::move(delta));
}

void EngineChatStream::end_choice(std::uint32_t index, ChatFinishReason reason) {
  choices_[index].ended = true;
  ready_.emplace_back(ChoiceFinished{index, reason});
}

TokenLogprob EngineChatStream::describe(const engine::TokenEvent& event) const {
  TokenLogprob out;
  out.chosen = describe(event.token, event.logprobs->chosen);
  out.top.reserve(event.logprobs->top.size());
  for (const auto& [token, logprob] : event.logprobs->top) out.top.push_back(describe(token, logprob));
  return out;
}

TokenLogprob::Alternative EngineChatStream::describe(engine::TokenId token, float logprob) const {
  const std::string_view bytes = model_->tokenizer->vocabulary().bytes(token);
  return {base::utf8_sanitize(bytes), std::string(bytes), logprob};
}

void EngineChatStream::finish_stream() {
  Usage usage;
  for (const Choice& choice : choices_) {
    const engine::Finished& f = *choice.finished;
    usage.prompt_tokens = std::max(usage.prompt_tokens, f.prompt_tokens);
    usage.completion_tokens += choice.completion_tokens;
    usage.completion_seconds = std::max(usage.completion_seconds, f.completion_seconds);
  }
  // The first choice read the prompt; the others found it in the cache.
  const engine::Finished& first = *choices_.front().finished;
  usage.cached_tokens = first.cached_tokens;
  usage.queue_seconds = first.queue_seconds;
  usage.prompt_seconds = first.prompt_seconds;
  over_ = true;
  ready_.emplace_back(ChatDone{usage, std::move(debug_)});
}

void EngineChatStream::fail_stream(const Error& error) {
  for (Choice& choice : choices_) choice.generation->cancel();
  over_ = true;
  ready_.emplace_back(ChatFailed{error});
}

}  // namespace peregrine::service
