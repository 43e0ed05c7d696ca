#include "store/batches/batch_store.h"

#include <algorithm>
#include <array>

namespace peregrine::store {
namespace {

// In the order of BatchStatus.
constexpr std::array<std::string_view, 8> kNames = {"validating", "in_progress", "finalizing", "completed",
                                                    "failed",     "expired",     "cancelling", "cancelled"};

}  // namespace

std::string_view batch_status_name(BatchStatus status) {
  return kNames[static_cast<std::size_t>(status)];
}

std::optional<BatchStatus> batch_status(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<BatchStatus>(found - kNames.begin());
}

bool has_ended(BatchStatus status) {
  switch (status) {
    case BatchStatus::kCompleted:
    case BatchStatus::kFailed:
    case BatchStatus::kExpired:
    case BatchStatus::kCancelled:
      return true;
    default:
      return false;
  }
}

}  // namespace peregrine::store
