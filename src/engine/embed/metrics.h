// The embedder's figures for Prometheus, all labelled with the model.
#pragma once

#include <string>

#include "base/metrics.h"

namespace peregrine::engine {

struct EmbedMetrics {
  EmbedMetrics(base::Metrics& metrics, const std::string& label);

  prometheus::Counter& inputs;
  prometheus::Counter& tokens;
  prometheus::Histogram& step_rows;
  prometheus::Histogram& step_seconds;
  prometheus::Histogram& queue_seconds;  // from submit to an input's step
  prometheus::Gauge& queued_inputs;
};

}  // namespace peregrine::engine
