// Headers of the frames of bare audio streams, as far as finding one frame after the other needs them:
// MPEG audio layers 1 to 3 (ISO 11172-3, 13818-3, and the unofficial MPEG 2.5) and ADTS (ISO 14496-3, 1.A.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace peregrine::sound {

struct StreamFrame {
  bool adts = false;
  std::uint8_t kind = 0;  // equal in all frames of one stream: version, layer and sampling rate
  std::size_t bytes = 0;  // of the frame, header included; at least 1
};

// The frame that begins with `bytes`; nothing where no frame does, or a header is not complete.
std::optional<StreamFrame> parse_stream_frame(std::span<const std::uint8_t> bytes);

}  // namespace peregrine::sound
