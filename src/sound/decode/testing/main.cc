// The helper process as the tests need it: the real one, or one that has been taken over by a file.
//
//   CPU_SECONDS                      the real one
//   --attempt WHAT [CPU_SECONDS]     closes the sandbox, says "in", and tries WHAT; says "out" if it may
//   --misbehave HOW CPU_SECONDS      speaks the protocol wrongly
//   --own                            starts --outlive, passes its process id on, and waits
//   --outlive                        says so when it is ready, and waits
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "sound/decode/decoder.h"
#include "sound/decode/frames.h"
#include "sound/decode/helper_process.h"
#include "sound/decode/sandbox.h"

namespace {

using namespace peregrine::sound;

constexpr std::size_t kPage = 4096;

void say(std::string_view text) {
  [[maybe_unused]] const ssize_t written = ::write(kPipeFd, text.data(), text.size());
}

struct Attempt {
  std::string_view name;
  void (*run)();
};

void say_if_refused(long returned) {
  if (returned == -1 && errno == EACCES) say("refused, ");
}

void* anonymous_page(int protection) {
  return ::mmap(nullptr, kPage, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

// Past the library, which may know better than to ask.
constexpr auto kAttempts = std::to_array<Attempt>({
    {"open", [] { say_if_refused(::syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY)); }},
    {"create", [] { say_if_refused(::syscall(SYS_openat, AT_FDCWD, "created", O_CREAT | O_WRONLY, 0600)); }},
    {"open-new", [] { ::syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", nullptr, 0); }},
    {"unlink", [] { ::syscall(SYS_unlinkat, AT_FDCWD, "created", 0); }},
    {"stat", [] { ::syscall(SYS_statx, AT_FDCWD, "/etc/hostname", 0, 0, nullptr); }},
    {"memfd", [] { ::syscall(SYS_memfd_create, "created", 0); }},
    {"socket", [] { ::syscall(SYS_socket, AF_INET, SOCK_STREAM, 0); }},
    {"socketpair", [] { ::syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, nullptr); }},
    {"connect", [] { ::syscall(SYS_connect, 0, nullptr, 0); }},
    {"io_uring", [] { ::syscall(SYS_io_uring_setup, 1, nullptr); }},
    {"fork", [] { ::fork(); }},
    {"thread",
     [] {
       pthread_t thread{};
       ::pthread_create(&thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
     }},
    {"exec", [] { ::syscall(SYS_execve, "/bin/true", nullptr, nullptr); }},
    {"kill", [] { ::syscall(SYS_kill, 1, 0); }},
    {"ptrace", [] { ::syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0); }},
    {"write-file", [] { ::syscall(SYS_write, kFileFd, "x", 1); }},
    {"truncate-file", [] { ::syscall(SYS_ftruncate, kFileFd, 0); }},
    {"read-pipe", [] { ::syscall(SYS_pread64, kPipeFd, nullptr, 0, 0); }},
    {"read-line", [] { ::syscall(SYS_read, kLineFd, nullptr, 0); }},
    {"dup", [] { ::syscall(SYS_dup, kFileFd); }},
    {"ioctl", [] { ::syscall(SYS_ioctl, kFileFd, FIONREAD, nullptr); }},
    {"map-file", [] { ::syscall(SYS_mmap, nullptr, kPage, PROT_READ, MAP_PRIVATE, kFileFd, 0); }},
    {"map-code", [] { anonymous_page(PROT_READ | PROT_EXEC); }},
    {"make-code", [] { ::syscall(SYS_mprotect, anonymous_page(PROT_READ), kPage, PROT_READ | PROT_EXEC); }},
    {"prctl", [] { ::syscall(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0); }},
    {"raise-limit", [] { ::syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, nullptr, nullptr); }},
    {"read-memory", [] { ::syscall(SYS_process_vm_readv, ::getppid(), nullptr, 0, nullptr, 0, 0); }},
    // What it may do, and how far.
    {"nothing", [] {}},
    {"sort",
     [] {
       // The C library's looks at the memory of the machine first.
       std::vector<int> numbers(100'000);
       for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int>(i * 7919 % 1000);
       std::qsort(numbers.data(), numbers.size(), sizeof(int), [](const void* a, const void* b) {
         return *static_cast<const int*>(a) - *static_cast<const int*>(b);
       });
     }},
    {"some-memory",
     [] {
       constexpr std::size_t kSome = std::size_t{100} << 20;
       if (::mmap(nullptr, kSome, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
         say("too much, ");
     }},
    {"much-memory",
     [] {
       constexpr std::size_t kMuch = std::size_t{2} << 30;
       if (::mmap(nullptr, kMuch, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
         say("too much, ");
     }},
    {"much-time",
     [] {
       const volatile bool for_ever = true;
       while (for_ever) {
       }
     }},
});

int attempt(std::string_view what, std::uint64_t cpu_seconds) {
  for (const Attempt& candidate : kAttempts) {
    if (candidate.name != what) continue;
    if (!enter_sandbox({.cpu_seconds = cpu_seconds})) return EXIT_FAILURE;
    say("in, ");
    candidate.run();
    say("out");
    std::_Exit(EXIT_SUCCESS);
  }
  return EXIT_FAILURE;
}

[[noreturn]] void wait_for_ever() {
  for (;;) ::pause();
}

void send(FrameKind kind, std::string_view payload = {}) {
  if (!write_frame(kPipeFd, kind, std::as_bytes(std::span(payload)))) std::_Exit(EXIT_FAILURE);
}

void send(std::span<const float> samples) {
  if (!write_frame(kPipeFd, FrameKind::kSamples, std::as_bytes(samples))) std::_Exit(EXIT_FAILURE);
}

void send_header(std::uint32_t kind, std::uint32_t length) {
  const std::array<std::uint32_t, 2> words{kind, length};
  say({reinterpret_cast<const char*>(words.data()), sizeof(words)});
}

const std::vector<float>& half_a_second() {
  static const std::vector<float> samples(kMaxFrameSamples, 0.25F);
  return samples;
}

constexpr auto kMisdeeds = std::to_array<Attempt>({
    {"exit-unheard", [] { std::_Exit(7); }},
    {"die-unheard", [] { ::raise(SIGKILL); }},
    {"hang-unheard", [] { wait_for_ever(); }},
    {"hang",
     [] {
       send(FrameKind::kHello);
       wait_for_ever();
     }},
    {"hang-after-sound",
     [] {
       send(FrameKind::kHello);
       send(half_a_second());
       wait_for_ever();
     }},
    {"hang-without-pipe",
     [] {
       send(FrameKind::kHello);
       ::close(kPipeFd);
       wait_for_ever();
     }},
    {"trickle",
     [] {
       send(FrameKind::kHello);
       send_header(static_cast<std::uint32_t>(FrameKind::kSamples), kMaxPayloadBytes);
       say("abc");
       wait_for_ever();
     }},
    {"dribble",
     [] {
       send(FrameKind::kHello);
       constexpr unsigned kPauseMicroseconds = 20'000;
       for (;; ::usleep(kPauseMicroseconds)) send(std::span(half_a_second()).first(1));
     }},
    {"crash",
     [] {
       send(FrameKind::kHello);
       ::signal(SIGSEGV, SIG_DFL);  // a sanitizer would make a report of it
       ::raise(SIGSEGV);
     }},
    {"take-too-long",
     [] {
       send(FrameKind::kHello);
       ::raise(SIGXCPU);
     }},
    {"stop",
     [] {
       send(FrameKind::kHello);
       send(half_a_second());
     }},
    {"no-hello", [] { send(half_a_second()); }},
    {"two-hellos",
     [] {
       send(FrameKind::kHello);
       send(FrameKind::kHello);
     }},
    {"garbage",
     [] {
       send(FrameKind::kHello);
       say("this is no frame of any kind");
     }},
    {"huge-frame",
     [] {
       send(FrameKind::kHello);
       send_header(static_cast<std::uint32_t>(FrameKind::kSamples), 0xFFFFFFFC);
     }},
    {"half-sample",
     [] {
       send(FrameKind::kHello);
       send_header(static_cast<std::uint32_t>(FrameKind::kSamples), 6);
     }},
    {"no-samples",
     [] {
       send(FrameKind::kHello);
       for (;;) send(std::span<const float>());
     }},
    {"endless",
     [] {
       send(FrameKind::kHello);
       for (;;) send(half_a_second());
     }},
    {"no-numbers",
     [] {
       send(FrameKind::kHello);
       std::vector<float> samples(kMaxFrameSamples, std::numeric_limits<float>::quiet_NaN());
       samples[1] = std::numeric_limits<float>::infinity();
       samples[2] = -1e30F;
       samples[3] = 0.5F;
       send(samples);
       send(FrameKind::kEnd);
     }},
    {"rude-error",
     [] {
       send(FrameKind::kHello);
       send(FrameKind::kError, "\x1B[2Jbad\xFFnews\n{}%s");
     }},
    {"long-error",
     [] {
       send(FrameKind::kHello);
       send(FrameKind::kError, std::string(kMaxErrorBytes + 1, 'x'));
     }},
});

int misbehave(std::string_view how) {
  for (const Attempt& misdeed : kMisdeeds) {
    if (misdeed.name == how) misdeed.run();
  }
  std::_Exit(EXIT_SUCCESS);
}

int own(const char* program) {
  const auto started = HelperProcess::start(
      {program, "--outlive"}, {}, peregrine::base::FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)));
  std::array<char, 5> ready{};
  if (!started || ::read(started->output(), ready.data(), ready.size()) != 5) return EXIT_FAILURE;
  say(std::to_string(started->pid()) + "\n");
  wait_for_ever();
}

int outlive() {
  if (!end_with_owner()) return EXIT_FAILURE;
  say("ready");
  wait_for_ever();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() >= 2 && arguments[0] == "--attempt")
    return attempt(arguments[1], arguments.size() > 2 ? std::strtoull(argv[3], nullptr, 10) : 60);
  if (arguments.size() >= 2 && arguments[0] == "--misbehave") return misbehave(arguments[1]);
  if (arguments.size() == 1 && arguments[0] == "--own") return own(argv[0]);
  if (arguments.size() == 1 && arguments[0] == "--outlive") return outlive();
  return run_decoder(argc, argv);
}
