// What a process that computes has: the memory budget, the metrics, and the models over them.
#pragma once

#include <memory>

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

  // Loads the settings' models, in order. Errors name the file.
  Status load(const Settings& settings);
};

}  // namespace peregrine::app
