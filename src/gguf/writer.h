// Builds GGUF version 3 files: what File reads, Writer writes.
//
// Calls only collect; the first mistake (a duplicate or unfit name, a shape that does not match its data) is
// kept and returned by every function that produces output. Keys and tensors appear in the order added.
// "general.alignment" is written by the constructor when it is not the default, never by hand.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "base/atomic_file.h"
#include "base/result.h"
#include "gguf/format.h"
#include "gguf/shape.h"
#include "tensor/dtype.h"

namespace peregrine::gguf {

template <class T>
concept ScalarValue =
    std::same_as<T, std::uint8_t> || std::same_as<T, std::int8_t> || std::same_as<T, std::uint16_t> ||
    std::same_as<T, std::int16_t> || std::same_as<T, std::uint32_t> || std::same_as<T, std::int32_t> ||
    std::same_as<T, std::uint64_t> || std::same_as<T, std::int64_t> || std::same_as<T, float> ||
    std::same_as<T, double> || std::same_as<T, bool>;

class Writer {
 public:
  // `alignment`: a power of two within kMinAlignment..kMaxAlignment.
  explicit Writer(std::uint32_t alignment = kDefaultAlignment);

  void add_u8(std::string_view key, std::uint8_t value) { add_scalar(key, value); }
  void add_i8(std::string_view key, std::int8_t value) { add_scalar(key, value); }
  void add_u16(std::string_view key, std::uint16_t value) { add_scalar(key, value); }
  void add_i16(std::string_view key, std::int16_t value) { add_scalar(key, value); }
  void add_u32(std::string_view key, std::uint32_t value) { add_scalar(key, value); }
  void add_i32(std::string_view key, std::int32_t value) { add_scalar(key, value); }
  void add_u64(std::string_view key, std::uint64_t value) { add_scalar(key, value); }
  void add_i64(std::string_view key, std::int64_t value) { add_scalar(key, value); }
  void add_f32(std::string_view key, float value) { add_scalar(key, value); }
  void add_f64(std::string_view key, double value) { add_scalar(key, value); }
  void add_bool(std::string_view key, bool value) { add_scalar(key, value); }
  void add_string(std::string_view key, std::string_view value);

  // Arrays: the element type is the span's, e.g. add_array<float>("tokenizer.ggml.scores", scores).
  template <ScalarValue T>
  void add_array(std::string_view key, std::type_identity_t<std::span<const T>> values);
  void add_strings(std::string_view key, std::span<const std::string> values);
  void add_strings(std::string_view key, std::span<const std::string_view> values);

  // `shape` has the innermost (contiguous) dimension first; `data` must hold exactly its rows.
  // The first form does not copy: the data must live until the last output is made. The second owns it.
  void add_tensor(std::string_view name, tensor::DType type, const Shape& shape,
                  std::span<const std::byte> data);
  void add_tensor(std::string_view name, tensor::DType type, const Shape& shape,
                  std::vector<std::byte>&& data);

  // The whole file in memory.
  Result<std::vector<std::byte>> bytes() const;
  // Replaces `path` in one step: readers see the old file or the whole new one. Errors: kIo.
  Status write(const std::filesystem::path& path) const;
  // Writes NAME-00001-of-0000N.gguf ... into `directory`, the tensors spread evenly in order, the metadata in
  // the first. Returns the paths. Errors: kInvalidArgument when `count` is 0 or over kMaxShards; kIo.
  Result<std::vector<std::filesystem::path>> write_shards(const std::filesystem::path& directory,
                                                          std::string_view name, std::size_t count) const;

 private:
  struct Tensor {
    std::string name;
    tensor::DType type;
    Shape shape;
    std::vector<std::byte> owned;         // empty when the caller keeps the data
    std::span<const std::byte> borrowed;  // empty when it is ours
    std::span<const std::byte> data() const { return owned.empty() ? borrowed : owned; }
  };

  template <ScalarValue T>
  void add_scalar(std::string_view key, T value);
  bool begin_value(std::string_view key, ValueType type);
  bool begin_array(std::string_view key, ValueType element_type, std::size_t count);
  bool accepts_tensor(std::string_view name, tensor::DType type, const Shape& shape, std::size_t bytes);
  Status emit(base::ByteSink sink) const;
  void reject(std::string message, std::string_view where);

  std::uint32_t alignment_;
  std::uint64_t keys_ = 0;
  std::vector<std::byte> pairs_;  // encoded key-value pairs
  std::vector<Tensor> tensors_;
  std::unordered_set<std::string> keys_used_;
  std::unordered_set<std::string> names_used_;  // of tensors
  std::optional<Error> error_;
};

}  // namespace peregrine::gguf
