#include "model/lora/files/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "gguf/byte_reader.h"
#include "gguf/printable.h"
#include "model/lora/files/json.h"
#include "model/lora/files/limits.h"

namespace peregrine::model {
namespace {

namespace bj = boost::json;

constexpr std::uint64_t kMaxSide = std::uint64_t{1} << 31;

tl::unexpected<Error> refuse(ErrorCode code, std::string message, std::string_view tensor = {}) {
  return fail(code, std::move(message), gguf::printable(tensor, gguf::PrintStyle::kLine, kMaxShownChars));
}

struct Stored {
  SafeTensor tensor;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

std::optional<std::uint64_t> as_count(const bj::value& value) {
  if (value.is_uint64()) return value.get_uint64();
  if (value.is_int64() && value.get_int64() >= 0) return static_cast<std::uint64_t>(value.get_int64());
  return std::nullopt;
}

Result<tensor::DType> read_type(const bj::value* value, std::string_view name) {
  if (value == nullptr || !value->is_string()) return refuse(ErrorCode::kCorrupt, "has no dtype", name);
  const std::string_view text = value->get_string();
  if (text == "F32") return tensor::DType::kF32;
  if (text == "F16") return tensor::DType::kF16;
  if (text == "BF16") return tensor::DType::kBF16;
  return refuse(ErrorCode::kUnsupported,
                fmt::format("has the dtype {}; F16, BF16 and F32 are taken",
                            gguf::printable(text, gguf::PrintStyle::kQuoted, kMaxShownChars)),
                name);
}

Status read_shape(const bj::value* value, SafeTensor& tensor) {
  if (value == nullptr || !value->is_array()) return refuse(ErrorCode::kCorrupt, "has no shape", tensor.name);
  const bj::array& sides = value->get_array();
  if (sides.empty() || sides.size() > 2) {
    return refuse(ErrorCode::kUnsupported, fmt::format("has {} dimensions instead of 2", sides.size()),
                  tensor.name);
  }
  std::uint64_t counts[2] = {1, 1};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const auto count = as_count(sides[i]);
    if (!count || *count == 0 || *count > kMaxSide) {
      return refuse(ErrorCode::kCorrupt, "has a shape that no matrix has", tensor.name);
    }
    counts[2 - sides.size() + i] = *count;
  }
  tensor.rows = counts[0];
  tensor.columns = counts[1];
  return {};
}

Result<Stored> read_tensor(std::string_view name, const bj::value& value) {
  Stored stored;
  stored.tensor.name = name;
  const bj::object* const fields = value.if_object();
  if (fields == nullptr) return refuse(ErrorCode::kCorrupt, "is not described by an object", name);
  for (const auto& [key, field] : *fields) {
    const std::string_view text = key;
    if (text != "dtype" && text != "shape" && text != "data_offsets") {
      return refuse(ErrorCode::kCorrupt, "is described by more than dtype, shape and data_offsets", name);
    }
  }
  PEREGRINE_ASSIGN(stored.tensor.type, read_type(fields->if_contains("dtype"), name));
  PEREGRINE_TRY(read_shape(fields->if_contains("shape"), stored.tensor));
  const bj::value* const offsets = fields->if_contains("data_offsets");
  const bj::array* const pair = offsets == nullptr ? nullptr : offsets->if_array();
  const auto begin = pair != nullptr && pair->size() == 2 ? as_count(pair->front()) : std::nullopt;
  const auto end = pair != nullptr && pair->size() == 2 ? as_count(pair->back()) : std::nullopt;
  if (!begin || !end || *begin > *end) return refuse(ErrorCode::kCorrupt, "has no place in the data", name);
  stored.begin = *begin;
  stored.end = *end;
  const std::uint64_t size = stored.tensor.type == tensor::DType::kF32 ? 4 : 2;
  // Sides are below 2^31, so that the product fits 64 bits with its factor of 4.
  const std::uint64_t needed = stored.tensor.rows * stored.tensor.columns;
  if (needed > kMaxAdapterBytes || needed * size != *end - *begin) {
    return refuse(ErrorCode::kCorrupt, "has a shape that does not fit its data", name);
  }
  return stored;
}

Status check_metadata(const bj::value& value) {
  const bj::object* const pairs = value.if_object();
  const bool texts = pairs != nullptr &&
                     std::ranges::all_of(*pairs, [](const auto& pair) { return pair.value().is_string(); });
  if (!texts) return refuse(ErrorCode::kCorrupt, "must be an object of strings", "__metadata__");
  return {};
}

Result<bj::value> read_header(gguf::ByteReader& reader) {
  std::uint64_t length = 0;
  if (!reader.read(length)) return refuse(ErrorCode::kCorrupt, "the safetensors file ends too early");
  if (length > kMaxTensorHeaderBytes) {
    return refuse(ErrorCode::kResourceExhausted,
                  fmt::format("the safetensors header is longer than {} bytes", kMaxTensorHeaderBytes));
  }
  std::span<const std::byte> header;
  if (!reader.take(length, header)) return refuse(ErrorCode::kCorrupt, "the safetensors file ends too early");
  auto value = parse_adapter_json(gguf::as_text(header));
  if (!value) return refuse(ErrorCode::kCorrupt, "the safetensors header " + value.error().message);
  if (!value->is_object()) return refuse(ErrorCode::kCorrupt, "the safetensors header is not an object");
  return value;
}

}  // namespace

Result<std::vector<SafeTensor>> parse_safetensors(std::span<const std::byte> bytes) {
  gguf::ByteReader reader(bytes);
  PEREGRINE_ASSIGN(const bj::value header, read_header(reader));
  const std::span<const std::byte> data = bytes.subspan(reader.position());
  const bj::object& entries = header.get_object();
  if (entries.size() > kMaxAdapterTensors) {
    return refuse(ErrorCode::kResourceExhausted,
                  fmt::format("the safetensors file has more than {} tensors", kMaxAdapterTensors));
  }
  std::vector<Stored> stored;
  stored.reserve(entries.size());
  for (const auto& [key, value] : entries) {
    const std::string_view name = key;
    if (name == "__metadata__") {
      PEREGRINE_TRY(check_metadata(value));
      continue;
    }
    PEREGRINE_ASSIGN(Stored one, read_tensor(name, value));
    stored.push_back(std::move(one));
  }
  std::ranges::sort(stored, {}, &Stored::begin);
  std::vector<SafeTensor> tensors;
  tensors.reserve(stored.size());
  std::uint64_t covered = 0;
  for (Stored& one : stored) {
    if (one.begin != covered) {
      return refuse(ErrorCode::kCorrupt,
                    one.begin < covered ? "overlaps another tensor" : "stands behind a gap", one.tensor.name);
    }
    if (one.end > data.size()) return refuse(ErrorCode::kCorrupt, "lies beyond the file", one.tensor.name);
    one.tensor.data = data.subspan(one.begin, one.end - one.begin);
    covered = one.end;
    tensors.push_back(std::move(one.tensor));
  }
  if (covered != data.size()) {
    return refuse(ErrorCode::kCorrupt, "the safetensors file has data that belongs to no tensor");
  }
  return tensors;
}

}  // namespace peregrine::model
