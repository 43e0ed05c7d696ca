#include "model/model.h"

#include <fmt/format.h>

#include <atomic>

#include "model/lora/adapter.h"

namespace peregrine::model {

std::uint64_t new_identity() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

Model::Model() : identity_(new_identity()) {}

Result<std::shared_ptr<const Adapter>> Model::bind(const AdapterWeights&) const {
  return fail(ErrorCode::kUnsupported,
              fmt::format("models of the architecture \"{}\" take no adapters", info().architecture));
}

bool Model::accepts(const Adapter& adapter) const {
  return adapter.model() == identity_;
}

}  // namespace peregrine::model
