// GGUF images put together field by field, so that tests can say anything a file could say, true or not.
//
// Independent of Writer: every number is written as given, and counts and lengths follow from the contents
// unless a test overrides them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peregrine::gguf::testing {

// The little-endian bytes of a value.
template <class T>
std::string le(T value) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

// A string as GGUF stores it: length, then text.
inline std::string text(std::string_view value) {
  return le<std::uint64_t>(value.size()) + std::string(value);
}

inline std::string array(std::uint32_t element_type, std::uint64_t count, std::string_view elements) {
  return le(element_type) + le(count) + std::string(elements);
}

struct RawPair {
  std::string key;
  std::uint32_t type = 4;
  std::string value;
  std::optional<std::uint64_t> key_bytes = {};
};

struct RawTensor {
  std::string name;
  std::vector<std::uint64_t> dims;
  std::uint32_t type = 0;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> name_bytes = {};
  std::optional<std::uint32_t> rank = {};
};

struct RawImage {
  std::string magic = "GGUF";
  std::uint32_t version = 3;
  std::optional<std::uint64_t> tensor_count = {};
  std::optional<std::uint64_t> key_count = {};
  std::vector<RawPair> pairs = {};
  std::vector<RawTensor> tensors = {};
  std::size_t alignment = 32;
  std::string data = {};
  std::size_t keep = std::string::npos;  // bytes of the result

  RawPair& pair(std::string_view key) {
    for (RawPair& candidate : pairs) {
      if (candidate.key == key) return candidate;
    }
    return pairs.emplace_back(std::string(key));
  }

  std::string encode() const {
    std::string out = magic + le(version) + le(tensor_count.value_or(tensors.size())) +
                      le(key_count.value_or(pairs.size()));
    for (const RawPair& p : pairs) {
      out += le(p.key_bytes.value_or(p.key.size())) + p.key + le(p.type) + p.value;
    }
    for (const RawTensor& t : tensors) {
      out += le(t.name_bytes.value_or(t.name.size())) + t.name;
      out += le(t.rank.value_or(static_cast<std::uint32_t>(t.dims.size())));
      for (const std::uint64_t dim : t.dims) out += le(dim);
      out += le(t.type) + le(t.offset);
    }
    if (!tensors.empty()) out.resize((out.size() + alignment - 1) / alignment * alignment);
    out += data;
    out.resize(std::min(keep, out.size()));
    return out;
  }
};

inline std::span<const std::byte> as_bytes(std::string_view bytes) {
  return std::as_bytes(std::span(bytes));
}

// A copy on the heap of exactly the bytes' size: the address sanitizer sees every read past the end.
inline std::vector<std::byte> exact_copy(std::span<const std::byte> bytes) {
  return {bytes.begin(), bytes.end()};
}

// A small valid image with every kind of value and tensors of three types.
inline RawImage sample_image() {
  RawImage image;
  image.pairs = {
      {"general.architecture", 8, text("llama")},
      {"llama.block_count", 4, le<std::uint32_t>(2)},
      {"epsilon", 6, le(1e-5F)},
      {"flag", 7, le<std::uint8_t>(1)},
      {"scores", 9, array(6, 3, le(0.5F) + le(-1.0F) + le(2.0F))},
      {"words", 9, array(8, 3, text("a") + text("") + text("\xC4\xA0the"))},
      {"flags", 9, array(7, 2, std::string("\x01\x00", 2))},
      {"deep", 12, le(0.25)},
  };
  image.tensors = {
      {"norm", {8}, 0, 0},
      {"weight", {32, 2}, 8, 32},
      {"bias", {3, 2, 1, 2}, 1, 128},
  };
  for (int i = 0; i < 128 + 24; ++i) image.data += static_cast<char>(i);
  return image;
}

}  // namespace peregrine::gguf::testing
