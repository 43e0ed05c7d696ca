#include "sound/decode/sniff.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sound/decode/mpeg_audio_header.h"

namespace peregrine::sound {
namespace {

using Bytes = std::span<const std::uint8_t>;
using namespace std::string_view_literals;

// A container whose files have `magic` at `offset`, and `second` (if any) at `second_offset`.
struct Signature {
  Container container;
  std::size_t offset;
  std::string_view magic;
  std::size_t second_offset = 0;
  std::string_view second = {};
};

constexpr auto kSignatures = std::to_array<Signature>({
    {Container::kFlac, 0, "fLaC"sv},
    {Container::kOgg, 0, "OggS"sv},
    {Container::kMatroska, 0, "\x1A\x45\xDF\xA3"sv},
    {Container::kWav, 0, "RIFF"sv, 8, "WAVE"sv},
    {Container::kWav, 0, "RIFX"sv, 8, "WAVE"sv},
    {Container::kWav, 0, "RF64"sv, 8, "WAVE"sv},
    {Container::kWav, 0, "BW64"sv, 8, "WAVE"sv},
    {Container::kMov, 4, "ftyp"sv},
    {Container::kMov, 4, "moov"sv},
    {Container::kMov, 4, "mdat"sv},
    {Container::kMov, 4, "wide"sv},
    {Container::kMov, 4, "free"sv},
    {Container::kMov, 4, "skip"sv},
    {Container::kMpegProgram, 0, "\x00\x00\x01\xBA"sv},
});

constexpr std::size_t kId3HeaderBytes = 10;
constexpr int kMaxId3Tags = 4;
constexpr std::size_t kFramesThatConvince = 3;
constexpr std::array<std::size_t, 3> kTransportPacketBytes{188, 192, 204};
constexpr std::size_t kTransportPacketsThatConvince = 5;

bool has(Bytes bytes, std::size_t offset, std::string_view magic) {
  if (bytes.size() < offset || bytes.size() - offset < magic.size()) return false;
  return std::equal(
      magic.begin(), magic.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset),
      [](char expected, std::uint8_t byte) { return static_cast<std::uint8_t>(expected) == byte; });
}

// Bytes of the ID3v2 tag at the beginning, 0 without one (ID3v2.4, section 3).
std::uint64_t id3_bytes(Bytes bytes) {
  if (bytes.size() < kId3HeaderBytes || !has(bytes, 0, "ID3")) return 0;
  std::uint64_t size = 0;
  for (const std::uint8_t byte : bytes.subspan(6, 4)) {
    if (byte >= 0x80) return 0;
    size = size << 7 | byte;
  }
  const bool has_footer = (bytes[5] & 0x10) != 0;
  return size + kId3HeaderBytes * (has_footer ? 2 : 1);
}

// A run of packets that all begin with the sync byte, wherever in its first packet the file begins.
bool is_transport_stream(Bytes bytes) {
  for (const std::size_t packet : kTransportPacketBytes) {
    for (std::size_t start = 0; start < packet; ++start) {
      std::size_t seen = 0;
      while (seen < kTransportPacketsThatConvince && start + seen * packet < bytes.size() &&
             bytes[start + seen * packet] == 0x47)
        ++seen;
      if (seen == kTransportPacketsThatConvince) return true;
    }
  }
  return false;
}

// The stream whose frames follow each other from the beginning of `bytes`, or nothing. The end of what can
// be seen cuts a run short; only what begins with the file may be that short.
std::optional<Container> stream_here(Bytes bytes, bool file_begins) {
  const std::optional<StreamFrame> first = parse_stream_frame(bytes);
  if (!first) return std::nullopt;
  std::size_t position = first->bytes;
  std::size_t seen = 1;
  while (seen < kFramesThatConvince && position < bytes.size()) {
    const std::optional<StreamFrame> next = parse_stream_frame(bytes.subspan(position));
    if (!next || next->adts != first->adts || next->kind != first->kind) return std::nullopt;
    position += next->bytes;
    ++seen;
  }
  if (seen < kFramesThatConvince && !file_begins) return std::nullopt;
  return first->adts ? Container::kAac : Container::kMp3;
}

std::optional<Container> find_stream(Bytes bytes) {
  for (std::size_t start = 0; start < bytes.size(); ++start) {
    if (bytes[start] != 0xFF) continue;
    if (const auto container = stream_here(bytes.subspan(start), start == 0)) return container;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Container> sniff(const ByteSource& source) {
  std::vector<std::uint8_t> buffer(kSniffedBytes);
  std::uint64_t offset = 0;
  Bytes bytes = Bytes(buffer).first(source.read_at(offset, buffer));
  for (int tag = 0; tag < kMaxId3Tags; ++tag) {
    const std::uint64_t size = id3_bytes(bytes);
    if (size == 0) break;
    offset += size;
    bytes = Bytes(buffer).first(source.read_at(offset, buffer));
  }
  for (const Signature& signature : kSignatures) {
    if (has(bytes, signature.offset, signature.magic) &&
        has(bytes, signature.second_offset, signature.second))
      return signature.container;
  }
  if (is_transport_stream(bytes)) return Container::kMpegTransport;
  return find_stream(bytes);
}

}  // namespace peregrine::sound
