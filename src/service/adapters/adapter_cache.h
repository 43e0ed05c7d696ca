// The adapters that one loaded model has bound, for the requests that come next. Goes with the model, and its
// memory with it.
//
// A bound adapter that no request uses makes room when there is none for another. Any thread; binding takes
// long, one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::model {
class Adapter;
}

namespace peregrine::service {

inline constexpr std::size_t kMaxIdleAdapters = 64;

class AdapterCache {
 public:
  using Bound = std::shared_ptr<const model::Adapter>;
  using Bind = std::function<Result<Bound>()>;

  // The adapter with that id, bound by `bind` if it is not yet. Errors: those of `bind`.
  Result<Bound> get(std::string_view id, const Bind& bind);
  // Requests that use it keep it.
  void forget(std::string_view id);
  std::size_t size() const;

 private:
  struct Entry {
    Bound adapter;
    std::uint64_t last_used = 0;
  };
  void drop_idle(std::size_t keep);

  std::mutex binding_;
  mutable std::mutex mutex_;  // guards what stands below
  std::map<std::string, Entry, std::less<>> entries_;
  std::uint64_t clock_ = 0;
};

}  // namespace peregrine::service
