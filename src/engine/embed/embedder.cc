#include "engine/embed/embedder.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "base/log.h"
#include "engine/embed/metrics.h"
#include "engine/embed/queue.h"
#include "engine/embed/step.h"

namespace peregrine::engine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kMaxStepTokens = 1U << 16;
constexpr std::uint32_t kMaxQueued = 1U << 20;
// A context that was not asked for is halved until it fits, down to this.
constexpr std::uint32_t kLeastContext = 512;

double seconds_between(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double>(end - begin).count();
}

Status check_range(std::uint32_t value, std::uint32_t max, const char* where) {
  if (value >= 1 && value <= max) return {};
  return fail(ErrorCode::kInvalidArgument, fmt::format("{} does not lie in 1..{}", value, max), where);
}

Status check_model(const model::ModelInfo& info) {
  if (info.output == model::OutputKind::kLogits) {
    return fail(ErrorCode::kUnsupported, "a model that generates text has no vectors for it");
  }
  if (info.pooling == model::Pooling::kNone) {
    return fail(ErrorCode::kUnsupported, "the file does not say how the vectors of tokens become a text's",
                info.architecture + ".pooling_type");
  }
  return {};
}

class JobHandle final : public EmbedJob {
 public:
  explicit JobHandle(std::shared_ptr<EmbedTask> task) : task_(std::move(task)) {}
  JobHandle(const JobHandle&) = delete;
  JobHandle& operator=(const JobHandle&) = delete;
  ~JobHandle() override { task_->cancel(); }

  std::optional<Result<EmbedResult>> poll() override { return task_->poll(); }
  void on_ready(std::function<void()> callback) override { task_->on_ready(callback); }

 private:
  std::shared_ptr<EmbedTask> task_;
};

class ThreadEmbedder final : public Embedder {
 public:
  ThreadEmbedder(const model::ModelInfo& info, const EmbedderOptions& options,
                 std::unique_ptr<EmbedStep> step, base::MemoryBudget& budget, base::Metrics& metrics,
                 const std::string& label)
      : n_vocab_(info.n_vocab),
        width_(info.output_width()),
        max_context_(step->max_context()),
        budget_(budget),
        metrics_(metrics, label),
        step_(std::move(step)),
        queue_(options.max_queued),
        thread_([this] { run(); }),
        refresher_(metrics.on_collect(
            [this] { metrics_.queued_inputs.Set(static_cast<double>(queue_.inputs())); })) {}
  ThreadEmbedder(const ThreadEmbedder&) = delete;
  ThreadEmbedder& operator=(const ThreadEmbedder&) = delete;
  ~ThreadEmbedder() override {
    stop_and_join();
    refresher_ = {};
    metrics_.queued_inputs.Set(0);
  }

  Result<std::unique_ptr<EmbedJob>> submit(std::vector<EmbedInput> inputs) override;
  std::uint32_t max_context() const override { return max_context_; }
  std::uint32_t width() const override { return width_; }
  std::uint64_t queued_inputs() const override { return queue_.inputs(); }
  void stop() override { stop_and_join(); }

 private:
  Status check(const std::vector<EmbedInput>& inputs) const;
  void run();
  void compute(const std::vector<EmbedQueue::Item>& items);
  void stop_and_join();

  const std::uint32_t n_vocab_;
  const std::uint32_t width_;
  const std::uint32_t max_context_;
  base::MemoryBudget& budget_;
  EmbedMetrics metrics_;
  std::unique_ptr<EmbedStep> step_;  // the thread's
  EmbedQueue queue_;
  std::mutex joining_;
  std::thread thread_;
  base::Metrics::Refresher refresher_;
};

Status ThreadEmbedder::check(const std::vector<EmbedInput>& inputs) const {
  if (inputs.empty()) return fail(ErrorCode::kInvalidArgument, "at least one is needed", "inputs");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::vector<model::TokenId>& tokens = inputs[i].tokens;
    const auto refuse = [&](ErrorCode code, std::string message) {
      return fail(code, std::move(message), fmt::format("inputs[{}]", i));
    };
    if (tokens.empty()) return refuse(ErrorCode::kInvalidArgument, "at least one token is needed");
    if (tokens.size() > max_context_) {
      return refuse(ErrorCode::kResourceExhausted,
                    fmt::format("{} tokens are more than the context of {}", tokens.size(), max_context_));
    }
    for (const model::TokenId token : tokens) {
      if (token >= 0 && static_cast<std::uint32_t>(token) < n_vocab_) continue;
      return refuse(ErrorCode::kInvalidArgument,
                    fmt::format("token {} is not in the vocabulary of {}", token, n_vocab_));
    }
  }
  return {};
}

Result<std::unique_ptr<EmbedJob>> ThreadEmbedder::submit(std::vector<EmbedInput> inputs) {
  PEREGRINE_TRY(check(inputs));
  std::uint64_t bytes = std::uint64_t{inputs.size()} * (sizeof(EmbedInput) + width_ * sizeof(float));
  for (const EmbedInput& input : inputs) bytes += input.tokens.size() * sizeof(model::TokenId);
  auto reservation = budget_.reserve(base::MemoryKind::kScratch, bytes, "the vectors of a request");
  if (!reservation) return fail(ErrorCode::kUnavailable, reservation.error().message);
  auto task = std::make_shared<EmbedTask>(std::move(inputs), width_, std::move(*reservation));
  PEREGRINE_TRY(queue_.post(task));
  return std::make_unique<JobHandle>(std::move(task));
}

void ThreadEmbedder::run() {
  std::vector<EmbedQueue::Item> items;
  for (;;) {
    const auto fits = [this](const EmbedInput& input) {
      if (!step_->fits(input.tokens.size())) return false;
      step_->add(input.tokens, input.second_text);
      return true;
    };
    queue_.take(fits, items);
    if (items.empty()) return;
    compute(items);
  }
}

void ThreadEmbedder::compute(const std::vector<EmbedQueue::Item>& items) {
  const Clock::time_point begin = Clock::now();
  const std::uint32_t rows = step_->rows();
  step_->run();
  for (std::uint32_t place = 0; place < items.size(); ++place) {
    EmbedTask& task = *items[place].task;
    metrics_.queue_seconds.Observe(seconds_between(task.submitted(), begin));
    if (!step_->vector(place, task.row(items[place].input))) {
      task.fail({ErrorCode::kInternal, "the model computed values that are not finite", {}});
    }
  }
  // Before anybody hears of the result: who has it finds it counted.
  metrics_.inputs.Increment(static_cast<double>(items.size()));
  metrics_.tokens.Increment(rows);
  metrics_.step_rows.Observe(rows);
  metrics_.step_seconds.Observe(seconds_between(begin, Clock::now()));
  for (const EmbedQueue::Item& item : items) item.task->finish_input();
}

void ThreadEmbedder::stop_and_join() {
  queue_.stop();
  const std::lock_guard lock(joining_);
  if (thread_.joinable()) thread_.join();
}

Result<std::unique_ptr<EmbedStep>> make_step(const model::Model& model, const EmbedderOptions& options,
                                             base::MemoryBudget& budget) {
  const std::uint32_t trained = model.info().context_length;
  const bool asked = options.max_context != 0;
  std::uint32_t context = asked ? std::min(options.max_context, trained) : trained;
  for (;;) {
    auto step = EmbedStep::create(model, options.step_tokens, context, budget);
    const bool no_room = !step && step.error().code == ErrorCode::kResourceExhausted;
    if (!no_room || asked || context <= kLeastContext) return step;
    context = std::max(context / 2, kLeastContext);
  }
}

}  // namespace

Result<std::unique_ptr<Embedder>> Embedder::start(const model::Model& model, const EmbedderOptions& options,
                                                  base::MemoryBudget& budget, base::Metrics& metrics,
                                                  const std::string& label) {
  PEREGRINE_TRY(check_range(options.step_tokens, kMaxStepTokens, "step_tokens"));
  PEREGRINE_TRY(check_range(options.max_queued, kMaxQueued, "max_queued"));
  PEREGRINE_TRY(check_model(model.info()));
  PEREGRINE_ASSIGN(auto step, make_step(model, options, budget));
  base::log(base::LogLevel::kInfo, "{}: {} of up to {} tokens", label,
            model.info().output == model::OutputKind::kScore ? "scores of pairs" : "vectors of texts",
            step->max_context());
  return std::make_unique<ThreadEmbedder>(model.info(), options, std::move(step), budget, metrics, label);
}

}  // namespace peregrine::engine
