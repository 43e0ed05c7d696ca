// How a use case asks whether it may begin: once it knows what a request needs, before anything is queued.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "base/result.h"

namespace peregrine::service {

struct Demand {
  std::uint64_t prompt_tokens = 0;
  std::uint64_t most_completion_tokens = 0;  // of all choices, as far as the context holds them
  // The client set that cap itself, and so can set a lower one.
  bool capped = false;
  std::uint64_t audio_seconds = 0;  // as they are billed
};

// Empty: everybody may. Its error is that of the use case, unchanged; kPermissionDenied, so that nothing is
// tried again in another form.
using Admit = std::function<Status(const Demand& demand)>;

}  // namespace peregrine::service
