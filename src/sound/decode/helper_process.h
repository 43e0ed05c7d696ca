// The process that decodes one file: started, listened to, ended and reaped by one owner.
//
// It inherits the file, a pipe to write to, a line that tells it when its owner is gone, and standard error;
// no other descriptor and nothing of the environment, which may hold keys.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace peregrine::sound {

// Descriptor of the helper that reports the end of the line's other end.
//
// A parent death signal would follow the thread that started the helper, which may end long before the
// process does. The line's other end is closed exactly when the owner is gone, however that happened.
inline constexpr int kLineFd = 3;

class HelperProcess {
 public:
  // Runs `command` (the program's path first) with `arguments` behind. Errors: kIo.
  static Result<HelperProcess> start(const std::vector<std::string>& command,
                                     const std::vector<std::string>& arguments, base::FileDescriptor file);

  HelperProcess(HelperProcess&& other) noexcept;
  HelperProcess& operator=(HelperProcess&&) = delete;
  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;
  ~HelperProcess();

  int output() const { return output_.get(); }
  pid_t pid() const { return pid_; }

  // Ends it now, unless it is ending by itself already, and returns its status as waitpid() tells it; 0 when
  // called again.
  int end();

 private:
  HelperProcess(pid_t pid, base::FileDescriptor output, base::FileDescriptor line);

  pid_t pid_;  // 0 once reaped
  base::FileDescriptor output_;
  base::FileDescriptor line_;
};

// In the helper: from now on it ends when the owner does. False when the owner is gone already.
bool end_with_owner();

}  // namespace peregrine::sound
