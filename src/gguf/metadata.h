// The key-value pairs of a GGUF file: checked once while parsing, then read by key.
//
// Everything here views the file's bytes and is valid as long as the gguf::File it came from. Keys are
// unique, valid UTF-8 and not empty; string values are plain bytes, as untrusted as the file. Booleans are
// 0 or 1. Arrays hold scalars or strings, never arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gguf/format.h"

namespace peregrine::gguf {

class Metadata {
 public:
  struct Entry {
    std::string_view key;
    ValueType type = ValueType::kU8;
    ValueType element_type = ValueType::kU8;  // of an array; otherwise equal to `type`
    std::uint64_t count = 1;                  // elements of an array; otherwise 1
    // A scalar's bytes, a string's text, or an array's elements one after the other (each string element
    // with its 8-byte length in front).
    std::span<const std::byte> bytes;
    std::size_t first_string = 0;  // array of strings: where its elements start in Metadata's table
  };

  // Keys in file order.
  std::span<const Entry> entries() const { return entries_; }
  const Entry* find(std::string_view key) const;  // nullptr when absent
  bool contains(std::string_view key) const { return find(key) != nullptr; }

  // Scalars. An integer is read from any stored integer type whose value fits; a float from f32, f64 or any
  // integer, rounded to nearest. Errors, with the key as `where`: kNotFound when it is absent,
  // kInvalidArgument when its type or value does not fit.
  Result<std::uint32_t> u32(std::string_view key) const;
  Result<std::uint64_t> u64(std::string_view key) const;
  Result<float> f32(std::string_view key) const;
  Result<bool> boolean(std::string_view key) const;
  Result<std::string_view> string(std::string_view key) const;

  // The same, but an absent key gives the fallback. A wrong type is still an error.
  Result<std::uint32_t> u32_or(std::string_view key, std::uint32_t fallback) const;
  Result<std::uint64_t> u64_or(std::string_view key, std::uint64_t fallback) const;
  Result<float> f32_or(std::string_view key, float fallback) const;
  Result<bool> boolean_or(std::string_view key, bool fallback) const;
  Result<std::string_view> string_or(std::string_view key, std::string_view fallback) const;

  // Arrays, with the scalars' rules for every element. A scalar is not an array of one.
  Result<std::vector<std::string_view>> strings(std::string_view key) const;
  Result<std::vector<float>> f32s(std::string_view key) const;
  Result<std::vector<std::int32_t>> i32s(std::string_view key) const;
  Result<std::vector<std::uint32_t>> u32s(std::string_view key) const;
  Result<std::vector<bool>> booleans(std::string_view key) const;

  // The elements of an array of strings of this Metadata; empty for every other entry.
  std::span<const std::string_view> strings(const Entry& entry) const;

  // For people: a number, a quoted string, or an array's first elements and its length, at most `max_chars`
  // code points. Control characters and invalid UTF-8 are escaped: safe to print on a terminal.
  std::string render(const Entry& entry, std::size_t max_chars) const;

 private:
  friend class MetadataParser;

  std::vector<Entry> entries_;             // file order
  std::vector<std::uint32_t> by_key_;      // indices into entries_, sorted by key
  std::vector<std::string_view> strings_;  // elements of all arrays of strings
};

}  // namespace peregrine::gguf
