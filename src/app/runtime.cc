#include "app/runtime.h"

#include <string>

namespace peregrine::app {
namespace {

// Share of the usable memory that a server takes unless told otherwise: the rest is for the system's page
// cache, the network and what no budget counts.
constexpr std::uint64_t kDefaultBudgetPercent = 80;

std::uint64_t budget_bytes(const Settings& settings) {
  if (settings.memory_bytes != 0) return settings.memory_bytes;
  return base::usable_memory_bytes() / 100 * kDefaultBudgetPercent;
}

service::LibraryOptions library_options(const Settings& settings) {
  service::LibraryOptions options;
  options.cpu.threads = settings.threads;
  options.engine = settings.engine;
  options.speech = settings.speech;
  options.folder = settings.models_dir;
  options.kept_weights = settings.weights_dir;
  options.drafts = settings.draft_models;
  return options;
}

}  // namespace

Runtime::Runtime(const Settings& settings)
    : budget(budget_bytes(settings)), library(budget, metrics, library_options(settings)) {
  for (std::size_t i = 0; i < base::kMemoryKinds; ++i) {
    const auto kind = static_cast<base::MemoryKind>(i);
    prometheus::Gauge& used =
        metrics.gauge("peregrine_memory_bytes", "Memory reserved in the budget, by kind",
                      {{"kind", std::string(base::memory_kind_name(kind))}});
    refreshers_.push_back(
        metrics.on_collect([this, kind, &used] { used.Set(static_cast<double>(budget.used(kind))); }));
  }
  metrics.gauge("peregrine_memory_budget_bytes", "The memory budget")
      .Set(static_cast<double>(budget.limit()));
}

Status Runtime::add_models(const Settings& settings) {
  for (const auto& path : settings.models) PEREGRINE_TRY(library.add(path));
  return {};
}

}  // namespace peregrine::app
