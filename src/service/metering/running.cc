#include "service/metering/running.h"

#include <algorithm>
#include <utility>

namespace peregrine::service {

std::uint64_t RunningRequests::enter(std::shared_ptr<const RunningRequest> request) {
  const std::lock_guard lock(mutex_);
  requests_.emplace(next_, std::move(request));
  return next_++;
}

void RunningRequests::leave(std::uint64_t place) {
  const std::lock_guard lock(mutex_);
  requests_.erase(place);
}

std::vector<std::shared_ptr<const RunningRequest>> RunningRequests::list(std::size_t most) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const RunningRequest>> list;
  list.reserve(std::min(most, requests_.size()));
  for (const auto& [place, request] : requests_) {
    if (list.size() >= most) break;
    list.push_back(request);
  }
  return list;
}

std::size_t RunningRequests::count() const {
  const std::lock_guard lock(mutex_);
  return requests_.size();
}

}  // namespace peregrine::service
