// The helper process gives up everything but the file on descriptor 0, the pipe on descriptor 1, memory and
// processor time, for good. Files cannot be opened; whatever else it asks of the system ends it with SIGSYS.
//
// seccomp(2) with a list of what is allowed; resource limits beneath, for what no system call asks for.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.h"

namespace peregrine::sound {

inline constexpr int kFileFd = 0;
inline constexpr int kPipeFd = 1;

struct SandboxLimits {
  std::uint64_t cpu_seconds = 60;
  // Beyond what the program and its libraries take up at the time. Not applied under a sanitizer, whose
  // shadow memory is terabytes of address space.
  std::size_t memory_bytes = std::size_t{512} << 20;
};

// Errors: kIo when the system has no seccomp or refuses a limit. The process is of no use then.
Status enter_sandbox(const SandboxLimits& limits);

}  // namespace peregrine::sound
