#include "gguf/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/checked.h"
#include "base/utf8.h"
#include "gguf/printable.h"
#include "gguf/shards.h"
#include "gguf/tensor_types.h"

namespace peregrine::gguf {
namespace {

static_assert(std::endian::native == std::endian::little, "values are written as they lie in memory");

template <ScalarValue T>
consteval ValueType type_of() {
  if constexpr (std::same_as<T, std::uint8_t>) return ValueType::kU8;
  if constexpr (std::same_as<T, std::int8_t>) return ValueType::kI8;
  if constexpr (std::same_as<T, std::uint16_t>) return ValueType::kU16;
  if constexpr (std::same_as<T, std::int16_t>) return ValueType::kI16;
  if constexpr (std::same_as<T, std::uint32_t>) return ValueType::kU32;
  if constexpr (std::same_as<T, std::int32_t>) return ValueType::kI32;
  if constexpr (std::same_as<T, std::uint64_t>) return ValueType::kU64;
  if constexpr (std::same_as<T, std::int64_t>) return ValueType::kI64;
  if constexpr (std::same_as<T, float>) return ValueType::kF32;
  if constexpr (std::same_as<T, double>) return ValueType::kF64;
  if constexpr (std::same_as<T, bool>) return ValueType::kBool;
}

void put_bytes(std::vector<std::byte>& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

template <class T>
void put(std::vector<std::byte>& out, T value) {
  put_bytes(out, std::as_bytes(std::span(&value, 1)));
}

void put_string(std::vector<std::byte>& out, std::string_view text) {
  put(out, std::uint64_t{text.size()});
  put_bytes(out, std::as_bytes(std::span(text)));
}

std::uint64_t padded(std::uint64_t size, std::uint32_t alignment) {
  return base::ceil_div<std::uint64_t>(size, alignment) * alignment;
}

// Bytes of a tensor; nullopt for shapes that no file may hold.
std::optional<std::uint64_t> tensor_bytes(tensor::DType type, const Shape& shape) {
  if (shape.empty() || std::ranges::count(shape, 0U) > 0) return std::nullopt;
  std::optional<std::uint64_t> bytes = tensor::row_bytes(type, shape[0]);
  for (std::size_t i = 1; bytes && i < shape.size(); ++i) bytes = base::checked_mul(*bytes, shape[i]);
  return bytes;
}

}  // namespace

Writer::Writer(std::uint32_t alignment) : alignment_(alignment) {
  if (!std::has_single_bit(alignment) || alignment < kMinAlignment || alignment > kMaxAlignment) {
    reject(fmt::format("alignment {} is not a power of two from {} to {}", alignment, kMinAlignment,
                       kMaxAlignment),
           kKeyAlignment);
  } else if (alignment != kDefaultAlignment) {
    add_u32(kKeyAlignment, alignment);
  } else {
    keys_used_.emplace(kKeyAlignment);  // written by nobody else
  }
}

void Writer::reject(std::string message, std::string_view where) {
  error_ = Error{ErrorCode::kInvalidArgument, std::move(message), printable_name(where)};
}

bool Writer::begin_value(std::string_view key, ValueType type) {
  if (error_) return false;
  if (key.empty() || key.size() > kMaxKeyBytes || !base::utf8_valid(key)) {
    reject(fmt::format("a key must be 1 to {} bytes of UTF-8", kMaxKeyBytes), key);
  } else if (!keys_used_.emplace(key).second) {
    reject("the key was already added", key);
  } else if (keys_ == kMaxKeys) {
    reject(fmt::format("more than {} keys", kMaxKeys), key);
  }
  if (error_) return false;
  ++keys_;
  put_string(pairs_, key);
  put(pairs_, static_cast<std::uint32_t>(type));
  return true;
}

bool Writer::begin_array(std::string_view key, ValueType element_type, std::size_t count) {
  if (!begin_value(key, ValueType::kArray)) return false;
  put(pairs_, static_cast<std::uint32_t>(element_type));
  put(pairs_, std::uint64_t{count});
  return true;
}

template <ScalarValue T>
void Writer::add_scalar(std::string_view key, T value) {
  if (begin_value(key, type_of<T>())) put(pairs_, value);
}

template <ScalarValue T>
void Writer::add_array(std::string_view key, std::type_identity_t<std::span<const T>> values) {
  if (begin_array(key, type_of<T>(), values.size())) put_bytes(pairs_, std::as_bytes(values));
}

#define PEREGRINE_GGUF_INSTANTIATE(T)                       \
  template void Writer::add_scalar<T>(std::string_view, T); \
  template void Writer::add_array<T>(std::string_view, std::span<const T>)
PEREGRINE_GGUF_INSTANTIATE(std::uint8_t);
PEREGRINE_GGUF_INSTANTIATE(std::int8_t);
PEREGRINE_GGUF_INSTANTIATE(std::uint16_t);
PEREGRINE_GGUF_INSTANTIATE(std::int16_t);
PEREGRINE_GGUF_INSTANTIATE(std::uint32_t);
PEREGRINE_GGUF_INSTANTIATE(std::int32_t);
PEREGRINE_GGUF_INSTANTIATE(std::uint64_t);
PEREGRINE_GGUF_INSTANTIATE(std::int64_t);
PEREGRINE_GGUF_INSTANTIATE(float);
PEREGRINE_GGUF_INSTANTIATE(double);
PEREGRINE_GGUF_INSTANTIATE(bool);
#undef PEREGRINE_GGUF_INSTANTIATE

void Writer::add_string(std::string_view key, std::string_view value) {
  if (begin_value(key, ValueType::kString)) put_string(pairs_, value);
}

void Writer::add_strings(std::string_view key, std::span<const std::string> values) {
  if (!begin_array(key, ValueType::kString, values.size())) return;
  for (const std::string& value : values) put_string(pairs_, value);
}

void Writer::add_strings(std::string_view key, std::span<const std::string_view> values) {
  if (!begin_array(key, ValueType::kString, values.size())) return;
  for (const std::string_view value : values) put_string(pairs_, value);
}

void Writer::add_tensor(std::string_view name, tensor::DType type, const Shape& shape,
                        std::span<const std::byte> data) {
  if (accepts_tensor(name, type, shape, data.size()))
    tensors_.push_back({std::string(name), type, shape, {}, data});
}

void Writer::add_tensor(std::string_view name, tensor::DType type, const Shape& shape,
                        std::vector<std::byte>&& data) {
  if (!accepts_tensor(name, type, shape, data.size())) return;
  tensors_.push_back({std::string(name), type, shape, std::move(data), {}});
}

bool Writer::accepts_tensor(std::string_view name, tensor::DType type, const Shape& shape,
                            std::size_t bytes) {
  if (error_) return false;
  const std::optional<std::uint64_t> expected = tensor_bytes(type, shape);
  if (name.empty() || name.size() > kMaxTensorNameBytes || !base::utf8_valid(name)) {
    reject(fmt::format("a tensor's name must be 1 to {} bytes of UTF-8", kMaxTensorNameBytes), name);
  } else if (!expected) {
    reject(fmt::format("1 to {} dimensions, none zero, in rows of whole {} blocks are needed", kMaxDims,
                       tensor::traits(type).name),
           name);
  } else if (*expected != bytes) {
    reject(fmt::format("the shape takes {} bytes, {} were given", *expected, bytes), name);
  } else if (!names_used_.emplace(name).second) {
    reject("the tensor was already added", name);
  } else if (tensors_.size() == kMaxTensors) {
    reject(fmt::format("more than {} tensors", kMaxTensors), name);
  }
  return !error_;
}

Status Writer::emit(base::ByteSink sink) const {
  if (error_) return tl::unexpected(*error_);
  std::vector<std::byte> head;
  put_bytes(head, std::as_bytes(std::span(kMagic)));
  put(head, kMaxVersion);
  put(head, std::uint64_t{tensors_.size()});
  put(head, keys_);
  put_bytes(head, pairs_);
  std::uint64_t offset = 0;
  for (const Tensor& tensor : tensors_) {
    put_string(head, tensor.name);
    put(head, static_cast<std::uint32_t>(tensor.shape.size()));
    for (const std::uint64_t dim : tensor.shape) put(head, dim);
    put(head, tensor_type_id(tensor.type));
    put(head, offset);
    offset += padded(tensor.data().size(), alignment_);
  }
  head.resize(padded(head.size(), alignment_));
  PEREGRINE_TRY(sink(head));
  const std::vector<std::byte> zeros(alignment_);
  for (const Tensor& tensor : tensors_) {
    const std::span<const std::byte> data = tensor.data();
    PEREGRINE_TRY(sink(data));
    PEREGRINE_TRY(sink(std::span(zeros).first(padded(data.size(), alignment_) - data.size())));
  }
  return {};
}

Result<std::vector<std::byte>> Writer::bytes() const {
  std::vector<std::byte> out;
  PEREGRINE_TRY(emit([&out](std::span<const std::byte> bytes) -> Status {
    put_bytes(out, bytes);
    return {};
  }));
  return out;
}

Status Writer::write(const std::filesystem::path& path) const {
  return base::write_file_atomically(path, [this](base::ByteSink sink) { return emit(sink); });
}

Result<std::vector<std::filesystem::path>> Writer::write_shards(const std::filesystem::path& directory,
                                                                std::string_view name,
                                                                std::size_t count) const {
  if (count == 0 || count > kMaxShards) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{} shards; 1 to {} are possible", count, kMaxShards));
  }
  if (error_) return tl::unexpected(*error_);
  std::vector<std::filesystem::path> paths(count);
  // The first shard last: until it is there, nobody opens an incomplete set.
  for (std::size_t i = count; i-- > 0;) {
    Writer shard(alignment_);
    if (i == 0) {
      shard.pairs_ = pairs_;
      shard.keys_ = keys_;
      shard.keys_used_ = keys_used_;
    }
    shard.add_u16(kKeySplitNo, static_cast<std::uint16_t>(i));
    shard.add_u16(kKeySplitCount, static_cast<std::uint16_t>(count));
    shard.add_i32(kKeySplitTensors, static_cast<std::int32_t>(tensors_.size()));
    for (std::size_t t = tensors_.size() * i / count; t < tensors_.size() * (i + 1) / count; ++t) {
      shard.add_tensor(tensors_[t].name, tensors_[t].type, tensors_[t].shape, tensors_[t].data());
    }
    paths[i] = directory /
               shard_filename(name, static_cast<std::uint32_t>(i + 1), static_cast<std::uint32_t>(count));
    PEREGRINE_TRY(shard.write(paths[i]));
  }
  return paths;
}

}  // namespace peregrine::gguf
