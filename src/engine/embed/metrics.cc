#include "engine/embed/metrics.h"

#include <vector>

namespace peregrine::engine {
namespace {

const std::vector<double>& second_buckets() {
  static const std::vector<double> buckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                              0.5,   1,      2.5,   5,    10,    30,   60,  120};
  return buckets;
}

const std::vector<double>& row_buckets() {
  static const std::vector<double> buckets = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192};
  return buckets;
}

}  // namespace

EmbedMetrics::EmbedMetrics(base::Metrics& metrics, const std::string& label)
    : inputs(metrics.counter("peregrine_embedding_inputs_total", "Texts, or pairs of texts, computed",
                             {{"model", label}})),
      tokens(
          metrics.counter("peregrine_embedding_tokens_total", "Tokens of these inputs", {{"model", label}})),
      step_rows(metrics.histogram("peregrine_embedding_step_rows", "Tokens computed by one step",
                                  {{"model", label}}, row_buckets())),
      step_seconds(metrics.histogram("peregrine_embedding_step_seconds", "Time of one step, pooling included",
                                     {{"model", label}}, second_buckets())),
      queue_seconds(metrics.histogram("peregrine_embedding_queue_seconds", "From submit to an input's step",
                                      {{"model", label}}, second_buckets())),
      queued_inputs(metrics.gauge("peregrine_embedding_queued_inputs", "Inputs that no step has taken yet",
                                  {{"model", label}})) {}

}  // namespace peregrine::engine
