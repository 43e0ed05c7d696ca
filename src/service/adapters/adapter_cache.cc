#include "service/adapters/adapter_cache.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace peregrine::service {

Result<AdapterCache::Bound> AdapterCache::get(std::string_view id, const Bind& bind) {
  const auto find = [&]() -> Bound {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end()) return nullptr;
    found->second.last_used = ++clock_;
    return found->second.adapter;
  };
  if (Bound bound = find()) return bound;
  const std::lock_guard binding(binding_);
  // Another request may have been quicker.
  if (Bound bound = find()) return bound;
  auto bound = bind();
  if (!bound && bound.error().code == ErrorCode::kResourceExhausted) {
    drop_idle(0);
    bound = bind();
  }
  if (!bound) return bound;
  {
    const std::lock_guard lock(mutex_);
    entries_.insert_or_assign(std::string(id), Entry{*bound, ++clock_});
  }
  drop_idle(kMaxIdleAdapters);
  return bound;
}

void AdapterCache::forget(std::string_view id) {
  Bound gone;
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  gone = std::move(found->second.adapter);
  entries_.erase(found);
}

std::size_t AdapterCache::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

void AdapterCache::drop_idle(std::size_t keep) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::uint64_t, std::string>> idle;
  for (const auto& [id, entry] : entries_) {
    if (entry.adapter.use_count() == 1) idle.emplace_back(entry.last_used, id);
  }
  std::ranges::sort(idle);
  for (std::size_t i = 0; i + keep < idle.size(); ++i) entries_.erase(idle[i].second);
}

}  // namespace peregrine::service
