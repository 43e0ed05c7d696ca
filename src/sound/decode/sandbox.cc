#include "sound/decode/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "sound/decode/helper_process.h"
#include "sound/decode/sanitized.h"

namespace peregrine::sound {
namespace {

constexpr int kStderrFd = 2;
// Between SIGXCPU, which ends the process, and SIGKILL.
constexpr std::uint64_t kCpuGraceSeconds = 5;

// A 32-bit argument that must equal `value` in the bits of `mask`. The kernel passes 64 bits, of which
// callers leave the upper half as it happens to be.
scmp_arg_cmp equals(unsigned argument, std::uint32_t value, std::uint32_t mask = 0xFFFFFFFF) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

struct Allowed {
  int call;
  std::vector<scmp_arg_cmp> conditions = {};
};

std::vector<Allowed> allowed_calls() {
  std::vector<Allowed> calls{
      {SCMP_SYS(pread64), {equals(0, kFileFd)}},
      {SCMP_SYS(write), {equals(0, kPipeFd)}},
      // Memory, never from files and never to be executed.
      {SCMP_SYS(brk)},
      {SCMP_SYS(mmap), {equals(2, 0, PROT_EXEC), equals(3, MAP_ANONYMOUS, MAP_ANONYMOUS)}},
      {SCMP_SYS(mprotect), {equals(2, 0, PROT_EXEC)}},
      {SCMP_SYS(munmap)},
      {SCMP_SYS(mremap)},
      {SCMP_SYS(madvise)},
      {SCMP_SYS(sysinfo)},  // the C library's qsort() asks how much memory there is
      {SCMP_SYS(futex)},
      {SCMP_SYS(clock_gettime)},
      {SCMP_SYS(gettimeofday)},
      {SCMP_SYS(restart_syscall)},
      {SCMP_SYS(rt_sigreturn)},
      {SCMP_SYS(exit)},
      {SCMP_SYS(exit_group)},
  };
  if (kSanitized) {
    // What the run-time library needs in order to run, and to say what it found; it asks through a pipe of
    // its own whether memory can be read.
    calls.push_back({SCMP_SYS(write), {equals(0, kStderrFd)}});
    calls.push_back({SCMP_SYS(write), {{0, SCMP_CMP_GT, kLineFd, 0}}});
    for (const int call : {SCMP_SYS(pipe2), SCMP_SYS(close), SCMP_SYS(sched_yield), SCMP_SYS(sigaltstack),
                           SCMP_SYS(getpid), SCMP_SYS(gettid)})
      calls.push_back({call});
  }
  return calls;
}

tl::unexpected<Error> system_error(const std::string& what, int error) {
  return fail(ErrorCode::kIo, what + ": " + std::strerror(error));
}

Status set_limit(__rlimit_resource resource, std::uint64_t soft, std::uint64_t hard, const char* name) {
  // A limit that is already lower stays.
  struct rlimit limit{};
  if (::getrlimit(resource, &limit) != 0) return system_error(name, errno);
  limit.rlim_max = std::min<rlim_t>(limit.rlim_max, hard);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, soft);
  if (::setrlimit(resource, &limit) != 0) return system_error(name, errno);
  return {};
}

// Bytes of address space this process takes up (proc(5), statm).
Result<std::uint64_t> address_space() {
  const base::FileDescriptor statm(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
  std::array<char, 64> text{};
  if (!statm || ::read(statm.get(), text.data(), text.size() - 1) <= 0)
    return system_error("/proc/self/statm", errno);
  const std::uint64_t pages = std::strtoull(text.data(), nullptr, 10);
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Status set_limits(const SandboxLimits& limits) {
  if (!kSanitized) {
    PEREGRINE_ASSIGN(const std::uint64_t taken, address_space());
    const std::uint64_t memory = taken + limits.memory_bytes;
    PEREGRINE_TRY(set_limit(RLIMIT_AS, memory, memory, "RLIMIT_AS"));
  }
  PEREGRINE_TRY(
      set_limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + kCpuGraceSeconds, "RLIMIT_CPU"));
  PEREGRINE_TRY(set_limit(RLIMIT_FSIZE, 0, 0, "RLIMIT_FSIZE"));
  if (!kSanitized) PEREGRINE_TRY(set_limit(RLIMIT_NOFILE, 0, 0, "RLIMIT_NOFILE"));
  PEREGRINE_TRY(set_limit(RLIMIT_NPROC, 0, 0, "RLIMIT_NPROC"));
  return set_limit(RLIMIT_CORE, 0, 0, "RLIMIT_CORE");
}

int add_rule(scmp_filter_ctx filter, const Allowed& allowed) {
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, allowed.call,
                                static_cast<unsigned>(allowed.conditions.size()), allowed.conditions.data());
}

Status load_filter() {
  struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
  };
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return fail(ErrorCode::kIo, "seccomp is not available");
  // All threads; the thread sanitizer has one of its own, which must go on.
  if (!kSanitized) seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);
  // Refused, not deadly: for the names of television programmes FFmpeg asks the C library for a character
  // set, which looks for a table of it and does without.
  if (const int error =
          seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0, nullptr);
      error != 0)
    return system_error("seccomp rule", -error);
  for (const Allowed& allowed : allowed_calls()) {
    if (const int error = add_rule(filter.get(), allowed); error != 0)
      return system_error("seccomp rule", -error);
  }
  if (const int error = seccomp_load(filter.get()); error != 0) return system_error("seccomp", -error);
  return {};
}

}  // namespace

Status enter_sandbox(const SandboxLimits& limits) {
  // Nobody of the same user may look into this process.
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) return system_error("PR_SET_DUMPABLE", errno);
  PEREGRINE_TRY(set_limits(limits));
  return load_filter();
}

}  // namespace peregrine::sound
