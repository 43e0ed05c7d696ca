// What the helper process says through its pipe: frames of a kind, a length and a payload, both words in
// native order, as both ends are this program on this machine.
//
//   kHello  nothing      the sandbox is closed, the file has not been touched
//   kSamples  F32 each   mono, kSampleRate: what a 16-bit file holds is exact, and quiet sound keeps its bits
//   kEnd  nothing        all of it was sent
//   kError  text         why there is no more, for the client
//
// The reader trusts nothing: the helper may have been taken over by the file it reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace peregrine::sound {

enum class FrameKind : std::uint32_t { kHello = 1, kSamples = 2, kEnd = 3, kError = 4 };

inline constexpr std::size_t kFrameHeaderBytes = 2 * sizeof(std::uint32_t);
inline constexpr std::size_t kMaxFrameSamples = 8192;  // half a second
inline constexpr std::size_t kMaxPayloadBytes = kMaxFrameSamples * sizeof(float);
inline constexpr std::size_t kMaxErrorBytes = 500;

struct Frame {
  FrameKind kind;
  std::span<const std::byte> payload;
};

// Writes one frame, waiting for room in the pipe. False when the reader is gone.
bool write_frame(int fd, FrameKind kind, std::span<const std::byte> payload);

// Cuts a stream of bytes into frames. Holds at most one frame of the largest size.
class FrameReader {
 public:
  FrameReader();

  // Where the next bytes go, at least one; after next() returned nothing. Ends the life of earlier frames.
  std::span<std::byte> room();
  void filled(std::size_t n_bytes) { end_ += n_bytes; }

  // The next frame, once all of it is there. Errors: kCorrupt when it is none that write_frame() writes.
  Result<std::optional<Frame>> next();

 private:
  std::vector<std::byte> buffer_;
  std::size_t begin_ = 0;  // of what is not yet read
  std::size_t end_ = 0;
};

}  // namespace peregrine::sound
