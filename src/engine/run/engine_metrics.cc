#include "engine/run/engine_metrics.h"

#include <utility>
#include <vector>

namespace peregrine::engine {
namespace {

const std::vector<double>& wait_buckets() {
  static const std::vector<double> buckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                              0.5,   1,      2.5,   5,    10,    30,   60,  120};
  return buckets;
}

const std::vector<double>& token_buckets() {
  static const std::vector<double> buckets = {0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075,
                                              0.1,   0.15,   0.2,   0.3,  0.5,  1,    2.5,  10};
  return buckets;
}

const std::vector<double>& row_buckets() {
  static const std::vector<double> buckets = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
  return buckets;
}

}  // namespace

EngineMetrics::EngineMetrics(base::Metrics& metrics, const std::string& label)
    : queue_seconds(metrics.histogram("peregrine_queue_seconds", "From submit to a sequence's first step",
                                      {{"model", label}}, wait_buckets())),
      first_token_seconds(metrics.histogram("peregrine_time_to_first_token_seconds",
                                            "From submit to a sequence's first token", {{"model", label}},
                                            wait_buckets())),
      inter_token_seconds(metrics.histogram("peregrine_inter_token_seconds",
                                            "Between two tokens of one sequence", {{"model", label}},
                                            token_buckets())),
      step_rows(metrics.histogram("peregrine_step_rows", "Tokens computed by one step", {{"model", label}},
                                  row_buckets())),
      step_seconds(metrics.histogram("peregrine_step_seconds", "Time of one step, sampling included",
                                     {{"model", label}}, token_buckets())),
      prompt_tokens(
          metrics.counter("peregrine_prompt_tokens_total", "Tokens of admitted prompts", {{"model", label}})),
      prefix_lookups(metrics.counter("peregrine_prefix_cache_lookups_total",
                                     "Admitted prompts looked up in the prefix cache", {{"model", label}})),
      prefix_hits(metrics.counter("peregrine_prefix_cache_hits_total",
                                  "Admitted prompts whose beginning was found in the prefix cache",
                                  {{"model", label}})),
      prefix_hit_tokens(metrics.counter("peregrine_prefix_cache_hit_tokens_total",
                                        "Tokens of admitted prompts found in the prefix cache",
                                        {{"model", label}})),
      generated_tokens(
          metrics.counter("peregrine_generated_tokens_total", "Tokens of completions", {{"model", label}})),
      preemptions(metrics.counter("peregrine_preemptions_total",
                                  "Sequences that lost their KV blocks and are computed again",
                                  {{"model", label}})),
      drafted_tokens(metrics.counter("peregrine_drafted_tokens_total",
                                     "Guesses at next tokens that were computed", {{"model", label}})),
      accepted_tokens(metrics.counter("peregrine_accepted_draft_tokens_total",
                                      "Guesses at next tokens that were right", {{"model", label}})),
      forced_tokens(metrics.counter("peregrine_forced_tokens_total",
                                    "Tokens that a constraint left no choice about, not sampled",
                                    {{"model", label}})) {
  const std::array<std::pair<FinishReason, const char*>, 5> reasons = {
      {{FinishReason::kStop, "stop"},
       {FinishReason::kLength, "length"},
       {FinishReason::kCancelled, "cancelled"},
       {FinishReason::kFailed, "failed"},
       {FinishReason::kConstrained, "constrained"}}};
  for (const auto& [reason, name] : reasons) {
    finished_[static_cast<std::size_t>(reason)] = &metrics.counter(
        "peregrine_generations_total", "Generations by how they ended", {{"model", label}, {"reason", name}});
  }
}

EngineGauges::EngineGauges(base::Metrics& metrics, const std::string& label)
    : running_(
          &metrics.gauge("peregrine_running_sequences", "Sequences that hold KV blocks", {{"model", label}})),
      queued_(&metrics.gauge("peregrine_queued_sequences", "Sequences that wait for KV blocks",
                             {{"model", label}})) {
  const auto blocks = [&](const char* state) {
    return &metrics.gauge("peregrine_kv_blocks", "Blocks of the KV cache by state",
                          {{"model", label}, {"state", state}});
  };
  used_blocks_ = blocks("used");
  cached_blocks_ = blocks("cached");
  total_blocks_ = blocks("total");
}

void EngineGauges::set(const EngineSnapshot& snapshot) const {
  running_->Set(snapshot.running);
  queued_->Set(snapshot.queued);
  used_blocks_->Set(snapshot.kv_blocks_used);
  cached_blocks_->Set(snapshot.kv_blocks_cached);
  total_blocks_->Set(snapshot.kv_blocks_total);
}

}  // namespace peregrine::engine
