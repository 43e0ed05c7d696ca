// What the system knows of this process, under the names that Prometheus's own clients use.
#pragma once

#include "base/metrics.h"

namespace peregrine::app {

class ProcessMetrics {
 public:
  // `metrics` outlives this.
  explicit ProcessMetrics(base::Metrics& metrics);

 private:
  base::Metrics::Refresher refresher_;
};

}  // namespace peregrine::app
