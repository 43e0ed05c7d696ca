// Adapters and their bases put together field by field, true or not. For tests and fuzzers only.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gguf/file.h"
#include "gguf/writer.h"

namespace peregrine::model::testing {

template <class T>
std::string le(T value) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

inline std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

struct ZipMember {
  std::string name;
  std::string content;
  std::uint16_t method = 0;  // stored
  std::uint16_t flags = 0;
  std::uint32_t mode = 0100644;  // of Unix
  std::optional<std::uint32_t> size = {};
  std::optional<std::uint32_t> packed = {};
  std::optional<std::uint32_t> checksum = {};
};

inline std::uint32_t crc32(std::string_view text) {
  std::uint32_t crc = ~0U;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

// PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
inline std::string make_zip(const std::vector<ZipMember>& members) {
  std::string out;
  std::string directory;
  for (const ZipMember& member : members) {
    const auto length = static_cast<std::uint32_t>(member.content.size());
    const std::string common = le<std::uint16_t>(20) + le(member.flags) + le(member.method) +
                               le<std::uint32_t>(0x21) + le(member.checksum.value_or(crc32(member.content))) +
                               le(member.packed.value_or(length)) + le(member.size.value_or(length)) +
                               le(static_cast<std::uint16_t>(member.name.size())) + le<std::uint16_t>(0);
    directory += le<std::uint32_t>(0x02014B50) + le<std::uint16_t>(0x0314) + common + le<std::uint16_t>(0) +
                 le<std::uint16_t>(0) + le<std::uint16_t>(0) + le<std::uint32_t>(member.mode << 16U) +
                 le(static_cast<std::uint32_t>(out.size())) + member.name;
    out += le<std::uint32_t>(0x04034B50) + common + member.name + member.content;
  }
  const auto at = static_cast<std::uint32_t>(out.size());
  const auto count = static_cast<std::uint16_t>(members.size());
  out += directory + le<std::uint32_t>(0x06054B50) + le<std::uint32_t>(0) + le(count) + le(count) +
         le(static_cast<std::uint32_t>(directory.size())) + le(at) + le<std::uint16_t>(0);
  return out;
}

inline std::string make_safetensors(std::string_view header, std::string_view data) {
  return le<std::uint64_t>(header.size()) + std::string(header) + std::string(data);
}

// A model's file with two layers of 16 inputs, 4 heads of 4, 2 heads of keys, and 24 hidden units; without
// values that matter.
inline std::vector<std::byte> make_base(const std::string& architecture = "llama") {
  gguf::Writer writer;
  writer.add_string("general.architecture", architecture);
  writer.add_u32(architecture + ".context_length", 64);
  writer.add_u32(architecture + ".embedding_length", 16);
  writer.add_u32(architecture + ".feed_forward_length", 24);
  writer.add_u32(architecture + ".block_count", 2);
  writer.add_u32(architecture + ".attention.head_count", 4);
  writer.add_u32(architecture + ".attention.head_count_kv", 2);
  writer.add_f32(architecture + ".attention.layer_norm_rms_epsilon", 1e-5F);
  const auto add = [&](const std::string& name, const gguf::Shape& shape) {
    writer.add_tensor(name, tensor::DType::kF32, shape, std::vector<std::byte>(shape.elements() * 4));
  };
  add("token_embd.weight", {16, 32});
  add("output.weight", {16, 32});
  for (const std::string layer : {"blk.0.", "blk.1."}) {
    add(layer + "attn_norm.weight", {16});
    add(layer + "attn_q.weight", {16, 16});
    add(layer + "attn_k.weight", {16, 8});
    add(layer + "attn_v.weight", {16, 8});
    add(layer + "attn_output.weight", {16, 16});
    add(layer + "ffn_gate.weight", {16, 24});
    add(layer + "ffn_up.weight", {16, 24});
    if (layer == "blk.0.") add(layer + "ffn_down.weight", {24, 16});
  }
  return writer.bytes().value();
}

}  // namespace peregrine::model::testing
