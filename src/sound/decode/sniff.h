// Which container a file is, told by its first bytes alone: names and media types are the client's to invent.
#pragma once

#include <optional>

#include "sound/decode/allow_list.h"
#include "sound/decode/byte_source.h"

namespace peregrine::sound {

// Nothing for what is none of them. ID3v2 tags in front are passed over; a bare MPEG or ADTS stream may
// begin within the first kSniffedBytes after them and counts when several frames follow each other there.
std::optional<Container> sniff(const ByteSource& bytes);

inline constexpr std::size_t kSniffedBytes = std::size_t{64} << 10;

}  // namespace peregrine::sound
