#include "base/metrics.h"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace peregrine::base {

Metrics::Metrics()
    : registry_(std::make_shared<prometheus::Registry>(prometheus::Registry::InsertBehavior::Merge)) {}
Metrics::~Metrics() = default;

prometheus::Counter& Metrics::counter(const std::string& name, const std::string& help,
                                      const Labels& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Gauge& Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                                          const Labels& labels, const std::vector<double>& upper_bounds) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(*registry_).Add(labels, upper_bounds);
}

void Metrics::on_collect(std::function<void()> refresh) {
  refreshers_.push_back(std::move(refresh));
}

std::string Metrics::render() {
  for (const auto& refresh : refreshers_) refresh();
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace peregrine::base
