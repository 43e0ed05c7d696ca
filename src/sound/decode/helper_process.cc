#include "sound/decode/helper_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "sound/decode/sandbox.h"

namespace peregrine::sound {
namespace {

// What the dynamic linker and the sanitizers listen to.
constexpr std::array kKeptVariables{"LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"};

tl::unexpected<Error> cannot_start(int error) {
  return fail(ErrorCode::kIo, std::string("the audio decoder cannot be started: ") + std::strerror(error));
}

struct Pipe {
  base::FileDescriptor read;
  base::FileDescriptor write;
};

// Out of the way of the descriptors that the helper finds its own at.
Result<base::FileDescriptor> above_helper_fds(base::FileDescriptor fd) {
  if (fd.get() > kLineFd) return fd;
  base::FileDescriptor moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kLineFd + 1));
  if (!moved) return cannot_start(errno);
  return moved;
}

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return cannot_start(errno);
  Pipe pipe{base::FileDescriptor(ends[0]), base::FileDescriptor(ends[1])};
  PEREGRINE_ASSIGN(pipe.read, above_helper_fds(std::move(pipe.read)));
  PEREGRINE_ASSIGN(pipe.write, above_helper_fds(std::move(pipe.write)));
  return pipe;
}

// posix_spawn's two objects. Their functions fail only for want of memory, and then so does the spawn.
class SpawnPlan {
 public:
  SpawnPlan() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    // Signals as a new program expects them, and a process group of its own: what a terminal sends is for
    // the owner.
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  void give(const base::FileDescriptor& fd, int as) {
    ::posix_spawn_file_actions_adddup2(&actions_, fd.get(), as);
  }
  void close_from(int first) { ::posix_spawn_file_actions_addclosefrom_np(&actions_, first); }

  // 0 or an errno.
  int spawn(pid_t& pid, std::vector<std::string> arguments) const {
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::vector<std::string> variables;
    for (const char* name : kKeptVariables) {
      if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    }
    std::vector<char*> environment;
    environment.reserve(variables.size() + 1);
    for (std::string& variable : variables) environment.push_back(variable.data());
    environment.push_back(nullptr);
    return ::posix_spawn(&pid, argv[0], &actions_, &attributes_, argv.data(), environment.data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Result<HelperProcess> HelperProcess::start(const std::vector<std::string>& command,
                                           const std::vector<std::string>& arguments,
                                           base::FileDescriptor file) {
  PEREGRINE_ASSIGN(file, above_helper_fds(std::move(file)));
  PEREGRINE_ASSIGN(Pipe output, make_pipe());
  PEREGRINE_ASSIGN(Pipe line, make_pipe());
  SpawnPlan plan;
  plan.give(file, kFileFd);
  plan.give(output.write, kPipeFd);
  plan.give(line.read, kLineFd);
  plan.close_from(kLineFd + 1);
  std::vector<std::string> whole = command;
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  pid_t pid = 0;
  if (const int error = plan.spawn(pid, std::move(whole)); error != 0) return cannot_start(error);
  return HelperProcess(pid, std::move(output.read), std::move(line.write));
}

HelperProcess::HelperProcess(pid_t pid, base::FileDescriptor output, base::FileDescriptor line)
    : pid_(pid), output_(std::move(output)), line_(std::move(line)) {}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), output_(std::move(other.output_)), line_(std::move(other.line_)) {}

HelperProcess::~HelperProcess() {
  end();
}

int HelperProcess::end() {
  if (pid_ == 0) return 0;
  // A process whose pipe ended because it is ending keeps the status that it has.
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  return status;
}

bool end_with_owner() {
  // The signal's default is to end the process; the kernel raises it when the other end is closed.
  ::signal(SIGIO, SIG_DFL);
  if (::fcntl(kLineFd, F_SETOWN, ::getpid()) != 0) return false;
  if (::fcntl(kLineFd, F_SETFL, O_ASYNC) != 0) return false;
  pollfd line{kLineFd, POLLIN, 0};
  return ::poll(&line, 1, 0) == 0;
}

}  // namespace peregrine::sound
