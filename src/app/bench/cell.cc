#include "app/bench/cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "app/waiter.h"
#include "base/checked.h"

namespace peregrine::app::bench {
namespace {

using Clock = std::chrono::steady_clock;

const engine::EngineOptions kDefaults;

// Tokens that the first stream may have when the last one gets its first: a generous bound of the steps that
// read prompts, since every decoding stream takes a row from them.
std::uint32_t lead(const Cell& cell) {
  if (cell.streams == 1) return 0;
  const std::uint64_t rows = kDefaults.step_tokens - cell.streams;
  return static_cast<std::uint32_t>(4 + 2 * base::ceil_div(cell.prompt_tokens(), rows));
}

std::uint32_t max_tokens(const Cell& cell) {
  return 1 + lead(cell) + cell.generate;
}

engine::EngineOptions engine_options(const model::Model& model, const Cell& cell) {
  engine::EngineOptions options;
  options.max_sequences = cell.streams;
  options.max_queued = cell.streams;
  options.max_context = cell.longest();
  // Room for all streams at once, or none is measured: one that waits for another's blocks is no stream.
  const std::uint64_t blocks = base::ceil_div(cell.longest(), options.kv_block_tokens);
  for (const model::KvGroup& group : model.info().kv) {
    options.kv_bytes +=
        blocks * cell.streams * group.layout(options.kv_block_tokens, options.kv_dtype).block_bytes();
  }
  return options;
}

// The streams of one run, and when what happened.
class Run {
 public:
  Run(const Cell& cell, std::uint32_t n_vocab, base::Rng& rng) : cell_(cell), n_vocab_(n_vocab), rng_(rng) {}

  Result<Seconds> operator()(engine::Engine& engine) {
    std::vector<engine::GenerationRequest> requests;
    for (std::uint32_t i = 0; i < cell_.streams; ++i) requests.push_back(request());
    const auto begun = Clock::now();
    for (engine::GenerationRequest& one : requests) {
      PEREGRINE_ASSIGN(auto generations, engine.submit(std::move(one)));
      streams_.push_back({.generation = std::move(generations.front())});
      streams_.back().generation->on_ready([waiter = waiter_] { waiter->notify(); });
    }
    PEREGRINE_TRY(read_until([this] { return all_started(); }));
    const auto prefilled = now_;
    for (Stream& stream : streams_) {
      if (stream.finished) return ended_early();
      stream.wanted = stream.tokens + cell_.generate;
    }
    PEREGRINE_TRY(read_until([this] { return all_decoded(); }));
    const auto decoded = now_;
    PEREGRINE_TRY(finish());
    return Seconds{.prefill = std::chrono::duration<double>(prefilled - begun).count(),
                   .decode = std::chrono::duration<double>(decoded - prefilled).count()};
  }

 private:
  struct Stream {
    std::unique_ptr<engine::Generation> generation;
    std::uint32_t tokens = 0;
    std::uint32_t wanted = 0;
    std::optional<engine::Finished> finished = {};
  };

  engine::GenerationRequest request() {
    engine::GenerationRequest request;
    for (std::uint32_t i = 0; i < cell_.prompt; ++i) {
      request.prompt.push_back(static_cast<engine::TokenId>(rng_.next() % n_vocab_));
    }
    request.max_tokens = max_tokens(cell_);
    request.sampling.temperature = 0.0F;
    return request;
  }

  bool all_started() const {
    return std::all_of(streams_.begin(), streams_.end(), [](const Stream& s) { return s.tokens > 0; });
  }
  bool all_decoded() const {
    return std::all_of(streams_.begin(), streams_.end(),
                       [](const Stream& s) { return s.tokens >= s.wanted; });
  }
  bool all_finished() const {
    return std::all_of(streams_.begin(), streams_.end(),
                       [](const Stream& s) { return s.finished.has_value(); });
  }

  // Takes events until `done` says so; now_ is then when the last of them came. Streams of one step reach
  // their readers one after the other: the latest decides both ends of what is timed.
  template <class Done>
  Status read_until(Done done) {
    while (!done()) {
      waiter_->wait();
      for (Stream& stream : streams_) PEREGRINE_TRY(read(stream));
      now_ = Clock::now();
    }
    return {};
  }

  static Status read(Stream& stream) {
    while (const auto event = stream.generation->poll()) {
      if (std::holds_alternative<engine::TokenEvent>(*event)) {
        ++stream.tokens;
        continue;
      }
      stream.finished = std::get<engine::Finished>(*event);
      if (stream.finished->reason == engine::FinishReason::kFailed) {
        return fail(ErrorCode::kInternal, "the model failed to compute the next token");
      }
      if (stream.tokens < stream.wanted) return ended_early();
    }
    return {};
  }

  static tl::unexpected<Error> ended_early() {
    return fail(ErrorCode::kInternal, "a stream ended before its last step was timed");
  }

  // Ends what is left over, and checks that what was timed is what was meant.
  Status finish() {
    for (Stream& stream : streams_) stream.generation->cancel();
    PEREGRINE_TRY(read_until([this] { return all_finished(); }));
    for (const Stream& stream : streams_) {
      if (stream.finished->prompt_tokens != cell_.prompt || stream.finished->cached_tokens != 0) {
        return fail(ErrorCode::kInternal, "a prompt was not computed anew");
      }
    }
    return {};
  }

  const Cell& cell_;
  const std::uint32_t n_vocab_;
  base::Rng& rng_;
  std::shared_ptr<Waiter> waiter_ = std::make_shared<Waiter>();
  std::vector<Stream> streams_;
  Clock::time_point now_;
};

}  // namespace

std::uint32_t Cell::prefill_steps() const {
  return static_cast<std::uint32_t>(base::ceil_div(prompt_tokens(), std::uint64_t{kDefaults.step_tokens}));
}

std::uint32_t Cell::longest() const {
  // One more block, or the scheduler would wait with the last prompts until it is sure not to preempt them.
  return prompt + max_tokens(*this) + kDefaults.kv_block_tokens;
}

bool fits(const Cell& cell, const model::ModelInfo& info) {
  return cell.longest() <= info.context_length;
}

Result<std::vector<Seconds>> measure(const model::Model& model, const Cell& cell, std::uint32_t repeat,
                                     base::MemoryBudget& budget, base::Rng& rng,
                                     base::FunctionRef<void(std::uint32_t)> progress) {
  if (!fits(cell, model.info())) {
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("{} tokens and {} to generate with {} streams take a context of {}; the model has {}",
                    cell.prompt, cell.generate, cell.streams, cell.longest(), model.info().context_length),
        "--prompt");
  }
  base::Metrics metrics;
  PEREGRINE_ASSIGN(const auto engine,
                   engine::Engine::start(model, engine_options(model, cell), budget, metrics, "bench"));
  std::vector<Seconds> all;
  for (std::uint32_t i = 0; i < repeat; ++i) {
    progress(i);
    PEREGRINE_ASSIGN(const Seconds seconds, Run(cell, model.info().n_vocab, rng)(*engine));
    all.push_back(seconds);
  }
  return all;
}

}  // namespace peregrine::app::bench
