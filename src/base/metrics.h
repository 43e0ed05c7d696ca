// The process's metrics, in Prometheus's text format.
//
// Rooms register their families here at start and keep references; registering twice under one name and set
// of labels gives the same metric. Updates are atomic and cheap.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
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

  // While it lives, `refresh` is called before each render, on the rendering thread; once its destructor has
  // returned, no more. Empty when default-constructed. The Metrics outlive it.
  class Refresher {
   public:
    Refresher() = default;
    Refresher(Refresher&& other) noexcept
        : metrics_(std::exchange(other.metrics_, nullptr)), id_(other.id_) {}
    Refresher& operator=(Refresher&& other) noexcept {
      std::swap(metrics_, other.metrics_);
      std::swap(id_, other.id_);
      return *this;
    }
    Refresher(const Refresher&) = delete;
    Refresher& operator=(const Refresher&) = delete;
    ~Refresher();

   private:
    friend class Metrics;
    Refresher(Metrics* metrics, std::uint64_t id) : metrics_(metrics), id_(id) {}
    Metrics* metrics_ = nullptr;
    std::uint64_t id_ = 0;
  };

  // To refresh gauges that mirror state kept elsewhere. `refresh` must not call on_collect() nor end a
  // Refresher.
  [[nodiscard]] Refresher on_collect(std::function<void()> refresh);

  // Text exposition format 0.0.4.
  std::string render();

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::function<void()>> refreshers_;  // under mutex_, by id
  std::uint64_t next_refresher_ = 0;                           // under mutex_
};

}  // namespace peregrine::base
