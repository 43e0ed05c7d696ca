#include "http/signal.h"

#include "http/transport.h"

namespace peregrine::http {

void Signal::notify() {
  if (notified_.exchange(true)) return;
  const std::lock_guard lock(mutex_);
  if (transport_ != nullptr) transport_->post_wake();
}

void Signal::detach() {
  const std::lock_guard lock(mutex_);
  transport_ = nullptr;
}

}  // namespace peregrine::http
