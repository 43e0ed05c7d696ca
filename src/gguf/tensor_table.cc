#include "gguf/tensor_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "base/checked.h"
#include "base/utf8.h"
#include "gguf/printable.h"
#include "gguf/tensor_types.h"

namespace peregrine::gguf {
namespace {

// A table entry takes at least a name's length, one byte of name, one dimension, a type and an offset.
constexpr std::uint64_t kMinTensorBytes = 8 + 1 + 4 + 8 + 4 + 8;

struct Placed {
  TensorInfo info;
  std::uint64_t offset = 0;  // from the start of the data section
  std::uint64_t bytes = 0;
};

tl::unexpected<Error> corrupt(const Placed& tensor, std::string message) {
  return fail(ErrorCode::kCorrupt, std::move(message), printable_name(tensor.info.name));
}

Result<std::string_view> parse_name(ByteReader& reader, std::uint64_t index, std::uint64_t count) {
  const auto at = [&] { return fmt::format("tensor {} of {}", index + 1, count); };
  std::uint64_t length = 0;
  if (!reader.read(length)) return fail(ErrorCode::kCorrupt, "the file ends inside a name's length", at());
  if (length == 0) return fail(ErrorCode::kCorrupt, "the tensor has no name", at());
  if (length > kMaxTensorNameBytes) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("the name is {} bytes long, the limit is {}", length, kMaxTensorNameBytes), at());
  }
  std::span<const std::byte> bytes;
  if (!reader.take(length, bytes)) return fail(ErrorCode::kCorrupt, "the file ends inside the name", at());
  const std::string_view name = as_text(bytes);
  if (!base::utf8_valid(name)) return fail(ErrorCode::kCorrupt, "the name is not valid UTF-8", at());
  return name;
}

Status parse_shape(ByteReader& reader, Placed& tensor) {
  std::uint32_t rank = 0;
  if (!reader.read(rank)) return corrupt(tensor, "the file ends inside the number of dimensions");
  if (rank == 0 || rank > kMaxDims) {
    return corrupt(tensor, fmt::format("{} dimensions, 1 to {} are possible", rank, kMaxDims));
  }
  std::array<std::uint64_t, kMaxDims> dims = {};
  std::uint64_t elements = 1;
  for (std::uint32_t i = 0; i < rank; ++i) {
    if (!reader.read(dims[i])) return corrupt(tensor, "the file ends inside the dimensions");
    if (dims[i] == 0) return corrupt(tensor, fmt::format("dimension {} is zero", i));
    const auto product = base::checked_mul(elements, dims[i]);
    if (!product) return corrupt(tensor, "the product of the dimensions overflows");
    elements = *product;
  }
  tensor.info.shape = Shape(std::span(dims.data(), rank));
  return {};
}

Status parse_type(ByteReader& reader, Placed& tensor) {
  std::uint32_t id = 0;
  if (!reader.read(id)) return corrupt(tensor, "the file ends inside the type");
  Result<tensor::DType> type = tensor_type_from_id(id);
  if (!type) return fail(type.error().code, type.error().message, printable_name(tensor.info.name));
  tensor.info.type = *type;
  const std::uint64_t row_elements = tensor.info.shape[0];
  const tensor::DTypeTraits& traits = tensor::traits(*type);
  if (row_elements % traits.block_elements != 0) {
    return corrupt(tensor, fmt::format("rows of {} elements do not fill whole {} blocks of {}", row_elements,
                                       traits.name, traits.block_elements));
  }
  std::optional<std::uint64_t> bytes = tensor::row_bytes(*type, row_elements);
  if (bytes) bytes = base::checked_mul(*bytes, tensor.info.shape.elements() / row_elements);
  if (!bytes) return corrupt(tensor, "the size in bytes overflows");
  tensor.bytes = *bytes;
  return {};
}

Status parse_entry(ByteReader& reader, std::uint32_t alignment, Placed& tensor) {
  PEREGRINE_TRY(parse_shape(reader, tensor));
  PEREGRINE_TRY(parse_type(reader, tensor));
  if (!reader.read(tensor.offset)) return corrupt(tensor, "the file ends inside the offset");
  if (tensor.offset % alignment != 0) {
    return corrupt(tensor,
                   fmt::format("offset {} is not a multiple of the alignment, {}", tensor.offset, alignment));
  }
  return {};
}

// Points every tensor at its bytes.
Status place(std::vector<Placed>& tensors, std::uint32_t alignment, std::uint64_t table_end,
             std::span<const std::byte> image) {
  const std::uint64_t start = base::ceil_div<std::uint64_t>(table_end, alignment) * alignment;
  const std::span<const std::byte> section = image.subspan(std::min<std::uint64_t>(start, image.size()));
  for (Placed& tensor : tensors) {
    if (tensor.offset > section.size() || tensor.bytes > section.size() - tensor.offset) {
      return corrupt(tensor,
                     fmt::format("its data, {} bytes at offset {}, ends outside the file, which has {} "
                                 "bytes of data; was the file cut short?",
                                 tensor.bytes, tensor.offset, section.size()));
    }
    tensor.info.data = section.subspan(tensor.offset, tensor.bytes);
  }
  return {};
}

Status check_overlap(const std::vector<Placed>& tensors) {
  std::vector<std::uint32_t> order(tensors.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return tensors[i].offset; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Placed& before = tensors[order[i - 1]];
    const Placed& after = tensors[order[i]];
    if (before.offset + before.bytes > after.offset) {
      return corrupt(after, fmt::format("its data overlaps that of {}", printable_name(before.info.name)));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<TensorInfo>> parse_tensor_table(ByteReader& reader, std::uint64_t count,
                                                   std::uint32_t alignment,
                                                   std::span<const std::byte> image) {
  if (count > reader.remaining() / kMinTensorBytes) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{} tensors are announced, more than the file has room for", count), "header");
  }
  if (count > kMaxTensors) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("{} tensors, the limit is {}", count, kMaxTensors),
                "header");
  }
  std::vector<Placed> tensors(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    PEREGRINE_ASSIGN(tensors[i].info.name, parse_name(reader, i, count));
    PEREGRINE_TRY(parse_entry(reader, alignment, tensors[i]));
  }
  PEREGRINE_TRY(place(tensors, alignment, reader.position(), image));
  PEREGRINE_TRY(check_overlap(tensors));
  std::vector<TensorInfo> infos;
  infos.reserve(tensors.size());
  std::ranges::transform(tensors, std::back_inserter(infos), &Placed::info);
  return infos;
}

}  // namespace peregrine::gguf
