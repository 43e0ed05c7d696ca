#include "sound/decode/frames.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/file_io.h"

namespace peregrine::sound {
namespace {

bool plausible(FrameKind kind, std::size_t length) {
  switch (kind) {
    case FrameKind::kHello:
    case FrameKind::kEnd:
      return length == 0;
    case FrameKind::kSamples:
      return length > 0 && length <= kMaxPayloadBytes && length % sizeof(float) == 0;
    case FrameKind::kError:
      return length <= kMaxErrorBytes;
  }
  return false;
}

}  // namespace

bool write_frame(int fd, FrameKind kind, std::span<const std::byte> payload) {
  const std::array<std::uint32_t, 2> words{static_cast<std::uint32_t>(kind),
                                           static_cast<std::uint32_t>(payload.size())};
  return !base::write_all(fd, std::as_bytes(std::span(words))) && !base::write_all(fd, payload);
}

FrameReader::FrameReader() : buffer_(kFrameHeaderBytes + kMaxPayloadBytes) {}

std::span<std::byte> FrameReader::room() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  return std::span(buffer_).subspan(end_);
}

Result<std::optional<Frame>> FrameReader::next() {
  const std::span<const std::byte> unread = std::span(buffer_).subspan(begin_, end_ - begin_);
  if (unread.size() < kFrameHeaderBytes) return std::nullopt;
  std::array<std::uint32_t, 2> words;
  std::memcpy(words.data(), unread.data(), kFrameHeaderBytes);
  const auto kind = static_cast<FrameKind>(words[0]);
  const std::size_t length = words[1];
  if (!plausible(kind, length))
    return fail(ErrorCode::kCorrupt, "the audio decoder sent no frame of its protocol");
  if (unread.size() - kFrameHeaderBytes < length) return std::nullopt;
  begin_ += kFrameHeaderBytes + length;
  return Frame{kind, unread.subspan(kFrameHeaderBytes, length)};
}

}  // namespace peregrine::sound
