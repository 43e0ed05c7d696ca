// Waits in tests for what tells when it is ready.
#pragma once

#include <chrono>
#include <future>
#include <memory>

#include "base/result.h"

namespace peregrine::engine::testing {

inline constexpr std::chrono::seconds kPatience{20};

// `pending` has on_ready(), and poll() with the optional Result that came of it.
template <class Pending>
auto outcome(Pending& pending) {
  using Outcome = typename decltype(pending.poll())::value_type;
  const auto ready = std::make_shared<std::promise<void>>();
  pending.on_ready([ready] { ready->set_value(); });
  if (ready->get_future().wait_for(kPatience) != std::future_status::ready) {
    return Outcome(fail(ErrorCode::kInternal, "the test's patience is over"));
  }
  return *pending.poll();
}

}  // namespace peregrine::engine::testing
