#include "engine/engine.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include "base/log.h"
#include "engine/run/loop.h"
#include "engine/run/request_check.h"

namespace peregrine::engine {
namespace {

double decode_seconds(const EngineOptions& options) {
  if (options.decode_latency_ms >= kMaxDecodeLatencyMs) return std::numeric_limits<double>::infinity();
  return options.decode_latency_ms / 1e3;
}

class LoopEngine final : public Engine {
 public:
  LoopEngine(const RequestLimits& limits, const EngineOptions& options, const Capacity& capacity,
             const std::vector<backend::KvLayout>& layouts, std::unique_ptr<Executor> executor,
             std::unique_ptr<DraftModel> draft, base::Metrics& metrics, const std::string& label)
      : limits_(limits),
        options_(options),
        pool_(capacity.n_blocks.front(), options.kv_block_tokens, options.prefix_cache),
        executor_(std::move(executor)),
        draft_(std::move(draft)),
        mailbox_(std::make_shared<Mailbox>(options.max_queued)),
        metrics_(metrics, label),
        gauges_(metrics, label),
        loop_({.step_tokens = options.step_tokens,
               .max_sequences = options.max_sequences,
               .block_tokens = options.kv_block_tokens},
              {.speculation = options.speculation,
               .decode_seconds = decode_seconds(options),
               .draft = draft_.get()},
              pool_, *executor_, *mailbox_, metrics_),
        thread_(start(capacity, layouts)),
        refresher_(metrics.on_collect([this] { gauges_.set(mailbox_->snapshot()); })) {}
  LoopEngine(const LoopEngine&) = delete;
  LoopEngine& operator=(const LoopEngine&) = delete;
  ~LoopEngine() override {
    stop_and_join();
    refresher_ = {};
    gauges_.set({});
  }

  Result<std::vector<std::unique_ptr<Generation>>> submit(GenerationRequest request) override;
  std::uint32_t max_context() const override { return limits_.max_context; }
  EngineSnapshot snapshot() const override { return mailbox_->snapshot(); }
  void stop() override { stop_and_join(); }

 private:
  // The pool's groups must stand before the loop runs.
  std::thread start(const Capacity& capacity, const std::vector<backend::KvLayout>& layouts) {
    for (std::size_t g = 1; g < layouts.size(); ++g) pool_.add_side(layouts[g].view, capacity.n_blocks[g]);
    return std::thread([this] { loop_.run(); });
  }
  void stop_and_join();

  const RequestLimits limits_;
  const EngineOptions options_;
  BlockPool pool_;
  std::unique_ptr<Executor> executor_;
  std::unique_ptr<DraftModel> draft_;
  std::shared_ptr<Mailbox> mailbox_;
  EngineMetrics metrics_;
  EngineGauges gauges_;
  Loop loop_;
  std::mutex joining_;
  std::thread thread_;
  base::Metrics::Refresher refresher_;
};

Result<std::vector<std::unique_ptr<Generation>>> LoopEngine::submit(GenerationRequest request) {
  PEREGRINE_TRY(check_request(request, limits_));
  // Without a full block there is nothing to share.
  const bool shares =
      options_.prefix_cache && request.n > 1 && request.prompt.size() > options_.kv_block_tokens;
  const auto group = shares ? std::make_shared<SampleGroup>() : nullptr;
  std::vector<std::unique_ptr<Sequence>> sequences;
  std::vector<std::unique_ptr<Generation>> generations;
  for (std::uint32_t i = 0; i < request.n; ++i) {
    auto stream = std::make_shared<Stream>(options_.event_capacity);
    generations.push_back(std::make_unique<GenerationHandle>(stream, mailbox_));
    sequences.push_back(
        std::make_unique<Sequence>(request, request.sampling.seed + i, pool_, std::move(stream)));
    sequences.back()->group = group;
  }
  PEREGRINE_TRY(mailbox_->post(std::move(sequences)));
  return generations;
}

void LoopEngine::stop_and_join() {
  mailbox_->stop();
  const std::lock_guard lock(joining_);
  if (thread_.joinable()) thread_.join();
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::start(const model::Model& model, const EngineOptions& options,
                                              base::MemoryBudget& budget, base::Metrics& metrics,
                                              const std::string& label, const model::Model* draft) {
  PEREGRINE_TRY(check_options(options));
  const model::ModelInfo& info = model.info();
  if (info.output != model::OutputKind::kLogits) {
    return fail(ErrorCode::kUnsupported, "a model for embeddings cannot generate text");
  }
  const std::vector<backend::KvLayout> layouts = kv_layouts(info, options);
  PEREGRINE_ASSIGN(const Capacity capacity, plan_capacity(info, options, layouts, budget.available()));
  const std::uint32_t max_outputs = std::max(options.max_sequences, options.speculation ? kMaxDraft + 1 : 1);
  PEREGRINE_ASSIGN(auto executor,
                   Executor::create(model, layouts, capacity, options.step_tokens, max_outputs, budget));
  std::unique_ptr<DraftModel> drafter;
  if (draft != nullptr && options.speculation) {
    PEREGRINE_ASSIGN(drafter,
                     DraftModel::create(*draft, options, info.n_vocab, capacity.max_context, budget));
  }
  base::log(base::LogLevel::kInfo, "{}: context of {} tokens, KV cache of {}", label, capacity.max_context,
            base::format_bytes(capacity.kv_bytes));
  const RequestLimits limits{.n_vocab = info.n_vocab,
                             .max_context = capacity.max_context,
                             .max_samples = options.max_queued,
                             .model = &model};
  return std::make_unique<LoopEngine>(limits, options, capacity, layouts, std::move(executor),
                                      std::move(drafter), metrics, label);
}

}  // namespace peregrine::engine
