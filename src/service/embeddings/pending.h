// An answer that comes whole, later. Destroying it gives the answer up: what it would have taken is not
// computed.
#pragma once

#include <functional>
#include <optional>

#include "base/result.h"

namespace peregrine::service {

template <class Answer>
class Pending {
 public:
  virtual ~Pending() = default;
  // The answer, or why there is none, once; nothing for now. Errors: kUnavailable (the server stops),
  // kInternal.
  virtual std::optional<Result<Answer>> poll() = 0;
  // Called, on some other thread, when poll() has something; at once if it has. Must not block.
  virtual void on_ready(std::function<void()> callback) = 0;
};

}  // namespace peregrine::service
