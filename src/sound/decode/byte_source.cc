#include "sound/decode/byte_source.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace peregrine::sound {

std::size_t MemoryBytes::read_at(std::uint64_t offset, std::span<std::uint8_t> out) const {
  if (offset >= bytes_.size()) return 0;
  const std::span<const std::uint8_t> rest = bytes_.subspan(static_cast<std::size_t>(offset));
  const std::size_t count = std::min(rest.size(), out.size());
  std::copy_n(rest.begin(), count, out.begin());
  return count;
}

std::size_t FileBytes::read_at(std::uint64_t offset, std::span<std::uint8_t> out) const {
  std::size_t filled = 0;
  while (filled < out.size()) {
    const std::uint64_t position = offset + filled;
    if (position > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max())) break;
    const ssize_t got = ::pread(fd_, out.data() + filled, out.size() - filled, static_cast<off_t>(position));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

}  // namespace peregrine::sound
