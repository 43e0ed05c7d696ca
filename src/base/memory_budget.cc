#include "base/memory_budget.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <fstream>
#include <limits>

namespace peregrine::base {

std::string_view memory_kind_name(MemoryKind kind) {
  switch (kind) {
    case MemoryKind::kWeights:
      return "weights";
    case MemoryKind::kKvCache:
      return "kv_cache";
    case MemoryKind::kScratch:
      return "scratch";
    case MemoryKind::kCaches:
      return "caches";
  }
  return "unknown";
}

Result<MemoryBudget::Reservation> MemoryBudget::reserve(MemoryKind kind, std::uint64_t bytes,
                                                        std::string_view what) {
  if (whole_ != nullptr) {
    auto reservation = whole_->reserve(kind, bytes, what);
    if (reservation) {
      const std::lock_guard lock(mutex_);
      used_[static_cast<std::size_t>(kind)] += bytes;
      total_ += bytes;
      reservation->budget_ = this;  // it goes back the way it came
    }
    return reservation;
  }
  const std::lock_guard lock(mutex_);
  if (bytes > limit_ - total_) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("{} needs {}, but only {} of the memory budget of {} is left", what,
                            format_bytes(bytes), format_bytes(limit_ - total_), format_bytes(limit_)));
  }
  used_[static_cast<std::size_t>(kind)] += bytes;
  total_ += bytes;
  return Reservation(this, kind, bytes);
}

void MemoryBudget::release(MemoryKind kind, std::uint64_t bytes) {
  {
    const std::lock_guard lock(mutex_);
    assert(used_[static_cast<std::size_t>(kind)] >= bytes);
    used_[static_cast<std::size_t>(kind)] -= bytes;
    total_ -= bytes;
  }
  if (whole_ != nullptr) whole_->release(kind, bytes);
}

std::uint64_t MemoryBudget::used(MemoryKind kind) const {
  const std::lock_guard lock(mutex_);
  return used_[static_cast<std::size_t>(kind)];
}

std::uint64_t MemoryBudget::used() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

std::uint64_t MemoryBudget::available() const {
  if (whole_ != nullptr) return whole_->available();
  const std::lock_guard lock(mutex_);
  return limit_ - total_;
}

std::uint64_t usable_memory_bytes() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page_bytes = ::sysconf(_SC_PAGESIZE);
  std::uint64_t bytes = pages > 0 && page_bytes > 0
                            ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes)
                            : std::uint64_t{4} << 30;
  // "max" when unlimited: the extraction fails and the machine's figure stands.
  for (const char* path : {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    std::ifstream file(path);
    if (std::uint64_t limit = 0; file >> limit) bytes = std::min(bytes, limit);
  }
  return bytes;
}

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", value, kUnits[unit]);
}

}  // namespace peregrine::base
