#include "sound/decode/frames.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "base/file_descriptor.h"
#include "base/rng.h"

namespace peregrine::sound {
namespace {

struct Kept {
  FrameKind kind;
  std::string payload;
  bool operator==(const Kept&) const = default;
};

std::vector<Kept> example() {
  return {{FrameKind::kHello, ""},
          {FrameKind::kSamples, std::string(4, 'a')},
          {FrameKind::kSamples, std::string(kMaxPayloadBytes, 'b')},
          {FrameKind::kSamples, std::string(1000, 'c')},
          {FrameKind::kError, "why"},
          {FrameKind::kEnd, ""}};
}

std::string written(const std::vector<Kept>& frames) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const base::FileDescriptor read_end(ends[0]);
  base::FileDescriptor write_end(ends[1]);
  std::thread writer([&] {
    for (const Kept& frame : frames)
      EXPECT_TRUE(write_frame(write_end.get(), frame.kind, std::as_bytes(std::span(frame.payload))));
    write_end.reset();
  });
  std::string bytes;
  std::array<char, 4096> piece{};
  for (ssize_t got; (got = ::read(read_end.get(), piece.data(), piece.size())) > 0;)
    bytes.append(piece.data(), static_cast<std::size_t>(got));
  writer.join();
  return bytes;
}

TEST(Frames, AreTheSameHoweverTheBytesArrive) {
  const std::string bytes = written(example());
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    base::Rng rng(seed);
    FrameReader reader;
    std::vector<Kept> read;
    std::size_t position = 0;
    for (;;) {
      const auto frame = reader.next();
      ASSERT_TRUE(frame) << frame.error().text();
      if (*frame) {
        const auto payload = (*frame)->payload;
        read.push_back({(*frame)->kind, {reinterpret_cast<const char*>(payload.data()), payload.size()}});
        continue;
      }
      if (position == bytes.size()) break;
      const auto room = reader.room();
      ASSERT_FALSE(room.empty());
      const std::size_t most = seed == 0 ? 1 : 1 + rng.next() % (std::size_t{1} << (seed % 17));
      const std::size_t count = std::min({room.size(), most, bytes.size() - position});
      std::memcpy(room.data(), bytes.data() + position, count);
      reader.filled(count);
      position += count;
    }
    ASSERT_EQ(read, example()) << "seed " << seed;
  }
}

TEST(Frames, WritingToNobodyFails) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  ::signal(SIGPIPE, SIG_IGN);
  const base::FileDescriptor write_end(ends[1]);
  ::close(ends[0]);
  EXPECT_FALSE(write_frame(write_end.get(), FrameKind::kEnd, {}));
}

TEST(Frames, NothingIsBelievedOfAHeader) {
  constexpr std::array<std::array<std::uint32_t, 2>, 9> kLies{{
      {0, 0},
      {5, 0},
      {0xFFFFFFFF, 0xFFFFFFFF},
      {1, 1},
      {2, 0},
      {2, 3},
      {2, kMaxPayloadBytes + 4},
      {3, 4},
      {4, kMaxErrorBytes + 1},
  }};
  for (const auto& lie : kLies) {
    FrameReader reader;
    std::memcpy(reader.room().data(), lie.data(), sizeof(lie));
    reader.filled(sizeof(lie));
    const auto frame = reader.next();
    ASSERT_FALSE(frame) << lie[0] << " " << lie[1];
    EXPECT_EQ(frame.error().code, ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace peregrine::sound
