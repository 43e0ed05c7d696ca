// Uses everything a File offers, the way an unsuspecting caller would. For tests on hostile input: whatever
// File accepted must survive this, and keep the promises of its header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>

#include "base/utf8.h"
#include "gguf/file.h"

namespace peregrine::gguf::testing {

inline void require(bool promise) {
  if (!promise) std::abort();
}

template <class T>
std::uint64_t touch(const Result<T>& result) {
  if (!result) require(!result.error().message.empty() && base::utf8_valid(result.error().message));
  return result ? 1 : 0;
}

inline std::uint64_t exercise_entry(const Metadata& metadata, const Metadata::Entry& entry) {
  const std::string_view key = entry.key;
  require(metadata.find(key) == &entry);
  require(base::utf8_valid(key) && !key.empty());
  std::uint64_t sum = 0;
  sum += touch(metadata.u32(key)) + touch(metadata.u64(key)) + touch(metadata.f32(key));
  sum += touch(metadata.boolean(key)) + touch(metadata.string(key));
  sum += touch(metadata.u32_or(key, 1)) + touch(metadata.u64_or(key, 1)) + touch(metadata.f32_or(key, 1));
  sum += touch(metadata.boolean_or(key, true)) + touch(metadata.string_or(key, "x"));
  sum += touch(metadata.f32s(key)) + touch(metadata.i32s(key)) + touch(metadata.u32s(key));
  sum += touch(metadata.booleans(key));
  if (const auto strings = metadata.strings(key)) {
    require(strings->size() == entry.count);
    for (const std::string_view string : *strings) {
      for (const char c : string) sum += static_cast<unsigned char>(c);
    }
  }
  for (const std::byte b : entry.bytes) sum += std::to_integer<std::uint64_t>(b);
  for (const std::size_t limit : {std::size_t{0}, std::size_t{1}, std::size_t{12}, std::size_t{80},
                                  std::numeric_limits<std::size_t>::max()}) {
    const std::string rendered = metadata.render(entry, limit);
    require(base::utf8_valid(rendered) && rendered.find('\n') == std::string::npos);
  }
  return sum;
}

inline std::uint64_t exercise_tensor(const File& file, const TensorInfo& tensor,
                                     std::span<const std::byte> bytes) {
  require(file.tensor(tensor.name) == &tensor);
  require(!tensor.shape.empty() && tensor.shape.size() <= kMaxDims);
  require(!tensor.data.empty());
  require(tensor.data.data() >= bytes.data() &&
          tensor.data.data() + tensor.data.size() <= bytes.data() + bytes.size());
  require(static_cast<std::size_t>(tensor.data.data() - bytes.data()) % file.alignment() == 0);
  const std::uint64_t row = tensor::row_bytes(tensor.type, tensor.shape[0]).value_or(0);
  require(row * (tensor.shape.elements() / tensor.shape[0]) == tensor.data.size());
  return std::to_integer<std::uint64_t>(tensor.data.front()) +
         std::to_integer<std::uint64_t>(tensor.data.back());
}

// `bytes`: what `file` was parsed from. Returns a sum over everything read, so that nothing is optimised
// away.
inline std::uint64_t exercise(const File& file, std::span<const std::byte> bytes) {
  std::uint64_t sum = file.version();
  for (const Metadata::Entry& entry : file.metadata().entries())
    sum += exercise_entry(file.metadata(), entry);
  for (const TensorInfo& tensor : file.tensors()) sum += exercise_tensor(file, tensor, bytes);
  return sum;
}

}  // namespace peregrine::gguf::testing
