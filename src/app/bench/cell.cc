#include "app/bench/cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <variant>

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
  options.kv_dtype = cell.kv_type;
  // What decoding costs without luck: a model of random weights repeats itself, and guesses would all be
  // right.
  options.speculation = false;
  // Prompts as fast as they go: the first streams wait for the last one anyway.
  options.decode_latency_ms = engine::kMaxDecodeLatencyMs;
  // Room for all streams at once, or none is measured: one that waits for another's blocks is no stream.
  const std::uint64_t blocks = base::ceil_div(cell.longest(), options.kv_block_tokens);
  for (const model::KvGroup& group : model.info().kv) {
    options.kv_bytes +=
        blocks * cell.streams * group.layout(options.kv_block_tokens, options.kv_dtype).block_bytes();
  }
  return options;
}

// Takes the events of a run's streams as they come, on the thread that sends them: when a token is there is
// not for a reader to say that waits for a core. Thread-safe; callbacks keep it alive.
class Recorder : public std::enable_shared_from_this<Recorder> {
 public:
  explicit Recorder(const Cell& cell) : generate_(cell.generate), streams_(cell.streams) {}

  void add(std::size_t index, std::unique_ptr<engine::Generation> generation) {
    engine::Generation& added = *generation;
    {
      const std::lock_guard lock(mutex_);
      streams_[index].generation = std::move(generation);
    }
    added.on_ready([self = shared_from_this(), index] { self->take(index); });
  }

  // Waits until all streams are over, which are ended when they have what is timed.
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return timed_ == streams_.size() || over_ == streams_.size(); });
    for (const Stream& stream : streams_) stream.generation->cancel();
    changed_.wait(lock, [this] { return over_ == streams_.size(); });
    for (const Stream& stream : streams_) stream.generation->on_ready({});
  }

  // After wait(). What was timed is what was meant, nothing at all if a stream was over before all had begun
  // (see timed_run), or an error.
  Result<Seconds> seconds(Clock::time_point begun, std::uint32_t prompt) const {
    const std::lock_guard lock(mutex_);
    for (const Stream& stream : streams_) {
      if (stream.finished.reason == engine::FinishReason::kFailed) {
        return fail(ErrorCode::kInternal, "the model failed to compute the next token");
      }
      if (stream.finished.prompt_tokens != prompt || stream.finished.cached_tokens != 0) {
        return fail(ErrorCode::kInternal, "a prompt was not computed anew");
      }
    }
    if (timed_ != streams_.size()) return Seconds{};
    return Seconds{.prefill = std::chrono::duration<double>(prefilled_ - begun).count(),
                   .decode = std::chrono::duration<double>(decoded_ - prefilled_).count()};
  }

 private:
  struct Stream {
    std::unique_ptr<engine::Generation> generation = {};
    std::uint32_t tokens = 0;
    std::uint32_t wanted = UINT32_MAX;
    engine::Finished finished = {};
  };

  void take(std::size_t index) {
    const auto now = Clock::now();
    const std::lock_guard lock(mutex_);
    Stream& stream = streams_[index];
    while (const auto event = stream.generation->poll()) {
      if (const auto* finished = std::get_if<engine::Finished>(&*event)) {
        stream.finished = *finished;
        ++over_;
      } else {
        count(stream, now);
      }
    }
    changed_.notify_one();
  }

  void count(Stream& stream, Clock::time_point now) {
    ++stream.tokens;
    if (stream.tokens == 1 && ++started_ == streams_.size()) {
      prefilled_ = now;
      // Whose token of this very step is still to come is ahead by it and done one step before the others,
      // of whom the last one decides.
      for (Stream& one : streams_) one.wanted = one.tokens + generate_;
    }
    if (stream.tokens == stream.wanted && ++timed_ == streams_.size()) decoded_ = now;
  }

  const std::uint32_t generate_;
  mutable std::mutex mutex_;  // guards what stands below
  std::condition_variable changed_;
  std::vector<Stream> streams_;
  std::size_t started_ = 0;
  std::size_t timed_ = 0;
  std::size_t over_ = 0;
  Clock::time_point prefilled_;
  Clock::time_point decoded_;
};

engine::GenerationRequest random_request(const Cell& cell, std::uint32_t n_vocab, base::Rng& rng) {
  engine::GenerationRequest request;
  for (std::uint32_t i = 0; i < cell.prompt; ++i) {
    request.prompt.push_back(static_cast<engine::TokenId>(rng.next() % n_vocab));
  }
  request.max_tokens = max_tokens(cell);
  request.sampling.temperature = 0.0F;
  return request;
}

Result<Seconds> run_once(engine::Engine& engine, const Cell& cell, std::uint32_t n_vocab, base::Rng& rng) {
  std::vector<engine::GenerationRequest> requests;
  requests.reserve(cell.streams);
  for (std::uint32_t i = 0; i < cell.streams; ++i) requests.push_back(random_request(cell, n_vocab, rng));
  const auto recorder = std::make_shared<Recorder>(cell);
  const auto begun = Clock::now();
  std::vector<std::unique_ptr<engine::Generation>> submitted;
  for (engine::GenerationRequest& request : requests) {
    PEREGRINE_ASSIGN(auto generations, engine.submit(std::move(request)));
    submitted.push_back(std::move(generations.front()));
  }
  for (std::size_t i = 0; i < submitted.size(); ++i) recorder->add(i, std::move(submitted[i]));
  recorder->wait();
  return recorder->seconds(begun, cell.prompt);
}

// A tiny model may be through with its first stream before the last one is submitted, or before this thread
// has asked to be told of its tokens: then nothing was timed.
Result<Seconds> timed_run(engine::Engine& engine, const Cell& cell, std::uint32_t n_vocab, base::Rng& rng) {
  constexpr int kTries = 50;
  for (int i = 0; i < kTries; ++i) {
    PEREGRINE_ASSIGN(const Seconds seconds, run_once(engine, cell, n_vocab, rng));
    if (seconds.prefill > 0 && seconds.decode > 0) return seconds;
  }
  return fail(ErrorCode::kInvalidArgument, "the model is too fast to be timed over so few tokens",
              "--generate");
}

}  // namespace

std::uint32_t Cell::prefill_steps() const {
  return static_cast<std::uint32_t>(base::ceil_div(prompt_tokens(), std::uint64_t{kDefaults.step_tokens}));
}

std::uint32_t Cell::longest() const {
  // One more block, or the scheduler would wait with the last prompts until it is sure not to preempt them.
  return prompt + max_tokens(*this) + kDefaults.kv_block_tokens;
}

Status check(const Cell& cell, const model::ModelInfo& info) {
  if (cell.longest() <= info.context_length) return {};
  return fail(
      ErrorCode::kInvalidArgument,
      fmt::format("{} tokens and {} to generate with {} stream{} take a context of {}; the model has {}",
                  cell.prompt, cell.generate, cell.streams, cell.streams == 1 ? "" : "s", cell.longest(),
                  info.context_length),
      "--prompt");
}

Result<std::vector<Seconds>> measure(const model::Model& model, const Cell& cell, std::uint32_t repeat,
                                     base::MemoryBudget& budget, base::Rng& rng,
                                     base::FunctionRef<void(std::uint32_t)> progress) {
  PEREGRINE_TRY(check(cell, model.info()));
  base::Metrics metrics;
  PEREGRINE_ASSIGN(const auto engine,
                   engine::Engine::start(model, engine_options(model, cell), budget, metrics, "bench"));
  std::vector<Seconds> all;
  for (std::uint32_t i = 0; i < repeat; ++i) {
    progress(i);
    PEREGRINE_ASSIGN(const Seconds seconds, timed_run(*engine, cell, model.info().n_vocab, rng));
    all.push_back(seconds);
  }
  return all;
}

}  // namespace peregrine::app::bench
