// Lets one thread sleep until another thread, or a signal handler, has something for it.
#pragma once

#include <semaphore.h>

#include <cerrno>

namespace peregrine::app {

class Waiter {
 public:
  Waiter() { ::sem_init(&semaphore_, 0, 0); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  ~Waiter() { ::sem_destroy(&semaphore_); }

  // Async-signal-safe.
  void notify() { ::sem_post(&semaphore_); }

  // Returns after a notify() since the last wait; several may count as one.
  void wait() {
    while (::sem_wait(&semaphore_) != 0 && errno == EINTR) {
    }
    while (::sem_trywait(&semaphore_) == 0) {
    }
  }

 private:
  sem_t semaphore_{};
};

}  // namespace peregrine::app
