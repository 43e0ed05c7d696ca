// The engine's figures for Prometheus, all labelled with the model.
#pragma once

#include <array>
#include <string>

#include "base/metrics.h"
#include "engine/engine.h"

namespace peregrine::engine {

// What a snapshot shows.
class EngineGauges {
 public:
  EngineGauges(base::Metrics& metrics, const std::string& label);
  void set(const EngineSnapshot& snapshot) const;

 private:
  prometheus::Gauge* running_;
  prometheus::Gauge* queued_;
  prometheus::Gauge* used_blocks_;
  prometheus::Gauge* cached_blocks_;
  prometheus::Gauge* total_blocks_;
};

class EngineMetrics {
 public:
  EngineMetrics(base::Metrics& metrics, const std::string& label);

  prometheus::Histogram& queue_seconds;
  prometheus::Histogram& first_token_seconds;  // from submit
  prometheus::Histogram& inter_token_seconds;
  prometheus::Histogram& step_rows;
  prometheus::Histogram& step_seconds;
  prometheus::Counter& prompt_tokens;
  // The prefix cache: prompts looked up at their first admission, those found in part, and the tokens found.
  prometheus::Counter& prefix_lookups;
  prometheus::Counter& prefix_hits;
  prometheus::Counter& prefix_hit_tokens;
  prometheus::Counter& generated_tokens;
  prometheus::Counter& preemptions;
  prometheus::Counter& drafted_tokens;
  prometheus::Counter& accepted_tokens;
  prometheus::Counter& forced_tokens;

  prometheus::Counter& finished(FinishReason reason) { return *finished_[static_cast<std::size_t>(reason)]; }

 private:
  std::array<prometheus::Counter*, 5> finished_{};
};

}  // namespace peregrine::engine
