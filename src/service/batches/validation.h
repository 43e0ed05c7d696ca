// Whether an input file is a batch.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "service/batches/batch_work.h"
#include "store/batches/batch_store.h"

namespace peregrine::service {

// So many faults are told; a file may have more.
inline constexpr std::size_t kMaxBatchFaults = 100;

struct BatchValidation {
  std::uint32_t lines = 0;
  // Lines that are answered with an error are among the faults, but do not keep the others from being asked.
  std::vector<store::BatchFault> faults;
  bool usable = true;
};

// Reads the open file to its end, unless `stop` says so: kCancelled then. Lines are read by `work`; besides,
// their custom_ids must differ, and there must be from 1 to kMaxBatchLines of them. Errors: kIo.
Result<BatchValidation> validate_batch(int file, const BatchWork& work, const std::function<bool()>& stop);

}  // namespace peregrine::service
