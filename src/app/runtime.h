// What a process that computes has: the memory budget, the metrics, and the models over them.
#pragma once

#include <memory>
#include <vector>

#include "app/settings.h"
#include "base/memory_budget.h"
#include "base/metrics.h"
#include "service/library/library.h"

namespace peregrine::app {

class Runtime {
 public:
  explicit Runtime(const Settings& settings);

  base::MemoryBudget budget;
  base::Metrics metrics;
  service::ModelLibrary library;

  // Names the settings' models to the library, in order, without loading them. Errors name the file.
  Status add_models(const Settings& settings);

 private:
  std::vector<base::Metrics::Refresher> refreshers_;
};

}  // namespace peregrine::app
