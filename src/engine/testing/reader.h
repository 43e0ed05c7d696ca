// Reads generations in tests: blocks until events come, as a client's thread would.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "engine/generation.h"

namespace peregrine::engine::testing {

struct Completion {
  std::vector<TokenId> tokens;  // forced ones included
  std::size_t forced = 0;
  std::vector<TokenLogprobs> logprobs;
  Finished finished;
};

class Reader {
 public:
  explicit Reader(std::unique_ptr<Generation> generation) : generation_(std::move(generation)) {
    generation_->on_ready([signal = signal_] {
      const std::lock_guard lock(signal->mutex);
      signal->ready = true;
      signal->changed.notify_all();
    });
  }

  Event next() {
    for (;;) {
      if (std::optional<Event> event = generation_->poll()) return std::move(*event);
      std::unique_lock lock(signal_->mutex);
      signal_->changed.wait(lock, [this] { return signal_->ready; });
      signal_->ready = false;
    }
  }

  // The next event's token; the event must be one.
  TokenId token() { return std::get<TokenEvent>(next()).token; }

  // Everything up to the end.
  Completion rest() {
    Completion completion;
    for (;;) {
      Event event = next();
      if (const auto* finished = std::get_if<Finished>(&event)) {
        completion.finished = *finished;
        return completion;
      }
      auto& token = std::get<TokenEvent>(event);
      completion.tokens.push_back(token.token);
      completion.forced += token.forced.size();
      completion.tokens.insert(completion.tokens.end(), token.forced.begin(), token.forced.end());
      if (token.logprobs) completion.logprobs.push_back(std::move(*token.logprobs));
    }
  }

  Generation& generation() { return *generation_; }

 private:
  struct Signal {
    std::mutex mutex;
    std::condition_variable changed;
    bool ready = false;
  };
  std::shared_ptr<Signal> signal_ = std::make_shared<Signal>();
  std::unique_ptr<Generation> generation_;
};

}  // namespace peregrine::engine::testing
