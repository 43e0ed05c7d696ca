// The process's metrics, in Prometheus's text format.
//
// Rooms register their families here at start and keep references; registering twice under one name and set
// of labels gives the same metric. Updates are atomic and cheap.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Registry;
}

namespace peregrine::base {

using Labels = std::map<std::string, std::string>;

class Metrics {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  prometheus::Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
  prometheus::Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
  prometheus::Histogram& histogram(const std::string& name, const std::string& help, const Labels& labels,
                                   const std::vector<double>& upper_bounds);

  // Called before each render, to refresh gauges that mirror state kept elsewhere.
  void on_collect(std::function<void()> refresh);

  // Text exposition format 0.0.4.
  std::string render();

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  std::vector<std::function<void()>> refreshers_;
};

}  // namespace peregrine::base
