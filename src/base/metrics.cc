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

Metrics::Refresher Metrics::on_collect(std::function<void()> refresh) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t id = next_refresher_++;
  refreshers_.emplace(id, std::move(refresh));
  return {this, id};
}

Metrics::Refresher::~Refresher() {
  if (metrics_ == nullptr) return;
  const std::lock_guard lock(metrics_->mutex_);
  metrics_->refreshers_.erase(id_);
}

std::string Metrics::render() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, refresh] : refreshers_) refresh();
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace peregrine::base
