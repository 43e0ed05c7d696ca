// A helper process that a file has taken over: what it may ask of the system, and that it does not outlive
// the one who started it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "sound/decode/helper_process.h"
#include "sound/decode/sanitized.h"
#include "sound/decode/testing/fixtures.h"

namespace peregrine::sound {
namespace {

// All that comes through the pipe until it is closed.
std::string read_all(int fd) {
  std::string all;
  std::array<char, 256> piece{};
  for (ssize_t got; (got = ::read(fd, piece.data(), piece.size())) > 0;)
    all.append(piece.data(), static_cast<std::size_t>(got));
  return all;
}

struct Outcome {
  std::string said;
  int status = 0;
};

Outcome attempt(const std::string& what, const std::vector<std::string>& arguments = {}) {
  auto helper = HelperProcess::start({PEREGRINE_DECODE_HELPER, "--attempt", what}, arguments,
                                     base::FileDescriptor(testing::memory_file({1, 2, 3})));
  EXPECT_TRUE(helper) << helper.error().text();
  if (!helper) return {};
  Outcome outcome;
  outcome.said = read_all(helper->output());
  outcome.status = helper->end();
  return outcome;
}

class ForbiddenTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ForbiddenTest, EndsTheProcess) {
  const Outcome outcome = attempt(GetParam());
  EXPECT_EQ(outcome.said, "in, ");
  ASSERT_TRUE(WIFSIGNALED(outcome.status)) << outcome.status;
  EXPECT_EQ(WTERMSIG(outcome.status), SIGSYS);
}

constexpr const char* kForbidden[] = {
    "open-new",  "unlink",        "stat",        "memfd",       "socket", "socketpair", "connect",
    "io_uring",  "fork",          "thread",      "exec",        "kill",   "ptrace",     "write-file",
    "read-pipe", "truncate-file", "read-line",   "dup",         "ioctl",  "map-file",   "map-code",
    "make-code", "prctl",         "raise-limit", "read-memory",
};

INSTANTIATE_TEST_SUITE_P(Calls, ForbiddenTest, ::testing::ValuesIn(kForbidden),
                         [](const auto& test) { return testing::test_name(test.param); });

TEST(Sandbox, LeavesMemoryAndTheWayOut) {
  for (const char* what : {"nothing", "sort", "some-memory"}) {
    const Outcome outcome = attempt(what);
    EXPECT_EQ(outcome.said, "in, out") << what;
    EXPECT_EQ(outcome.status, 0) << what;
  }
}

TEST(Sandbox, OpensNoFiles) {
  for (const char* what : {"open", "create"}) EXPECT_EQ(attempt(what).said, "in, refused, out") << what;
}

TEST(Sandbox, BoundsMemory) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer's shadow memory needs the address space";
  EXPECT_EQ(attempt("much-memory").said, "in, too much, out");
}

TEST(Sandbox, BoundsProcessorTime) {
  const Outcome outcome = attempt("much-time", {"1"});
  EXPECT_EQ(outcome.said, "in, ");
  ASSERT_TRUE(WIFSIGNALED(outcome.status)) << outcome.status;
  EXPECT_EQ(WTERMSIG(outcome.status), SIGXCPU);
}

TEST(HelperProcess, InheritsItsFourDescriptorsAndNoSecrets) {
  // One that somebody forgot to mark, and a key.
  constexpr int kHigh = 100;
  const base::FileDescriptor null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const base::FileDescriptor forgotten(::fcntl(null.get(), F_DUPFD, kHigh));
  ASSERT_EQ(::setenv("A_KEY", "secret", 1), 0);
  auto helper =
      HelperProcess::start({"/bin/sh", "-c", "for fd in /proc/self/fd/*; do echo ${fd##*/},; done; env"}, {},
                           base::FileDescriptor(testing::memory_file({1})));
  ASSERT_TRUE(helper);
  const std::string said = read_all(helper->output());
  EXPECT_TRUE(said.starts_with("0,\n1,\n2,\n3,\n")) << said;
  EXPECT_EQ(said.find(std::to_string(forgotten.get()) + ","), std::string::npos) << said;
  EXPECT_EQ(said.find("secret"), std::string::npos) << said;
}

TEST(HelperProcess, CannotBeStartedFromNothing) {
  const auto helper =
      HelperProcess::start({"/does/not/exist"}, {}, base::FileDescriptor(testing::memory_file({1})));
  ASSERT_FALSE(helper);
  EXPECT_EQ(helper.error().code, ErrorCode::kIo);
}

TEST(HelperProcess, EndsWithItsOwnerHoweverThatEnds) {
  auto owner = HelperProcess::start({PEREGRINE_DECODE_HELPER, "--own"}, {},
                                    base::FileDescriptor(testing::memory_file({1})));
  ASSERT_TRUE(owner);
  std::array<char, 32> text{};
  ASSERT_GT(::read(owner->output(), text.data(), text.size() - 1), 0);
  const int outliving = std::atoi(text.data());
  ASSERT_GT(outliving, 0);
  const base::FileDescriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, outliving, 0)));
  ASSERT_TRUE(handle);
  pollfd ended{handle.get(), POLLIN, 0};
  ASSERT_EQ(::poll(&ended, 1, 0), 0) << "it waits as long as its owner lives";
  owner->end();  // by SIGKILL
  constexpr int kForEver = -1;
  EXPECT_EQ(::poll(&ended, 1, kForEver), 1);
}

}  // namespace
}  // namespace peregrine::sound
