#include "gguf/whisper_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <optional>
#include <string>

#include "base/checked.h"
#include "base/utf8.h"
#include "gguf/byte_reader.h"
#include "gguf/printable.h"
#include "gguf/tensor_types.h"
#include "gguf/whisper_format.h"

namespace peregrine::gguf {
namespace {

using tensor::DType;

constexpr std::array kTypes = {DType::kF32,  DType::kF16,  DType::kQ4_0,
                               DType::kQ5_0, DType::kQ5_1, DType::kQ8_0};

tl::unexpected<Error> corrupt(std::string message, std::string where) {
  return fail(ErrorCode::kCorrupt, std::move(message), std::move(where));
}
tl::unexpected<Error> over_limit(std::uint64_t found, std::uint64_t limit, std::string where) {
  return fail(ErrorCode::kResourceExhausted, fmt::format("is {}, the limit is {}", found, limit),
              std::move(where));
}

Result<WhisperHparams> read_header(ByteReader& reader) {
  constexpr const char* kWhere = "header";
  std::uint32_t magic = 0;
  if (!reader.read(magic)) return corrupt("the file ends inside the magic number", kWhere);
  if (magic != kWhisperMagic) return corrupt("not a whisper model in ggml's container", kWhere);
  WhisperHparams hparams;
  for (const WhisperFigure& figure : kWhisperFigures) {
    std::uint32_t value = 0;
    if (!reader.read(value)) return corrupt("the file ends inside the header", std::string(figure.name));
    if (value < figure.min) return corrupt("is 0", std::string(figure.name));
    if (value > figure.max) return over_limit(value, figure.max, std::string(figure.name));
    hparams.*figure.member = value;
  }
  return hparams;
}

Result<std::vector<float>> read_filters(ByteReader& reader, const WhisperHparams& hparams) {
  constexpr const char* kWhere = "mel filters";
  std::uint32_t n_mels = 0;
  std::uint32_t width = 0;
  if (!reader.read(n_mels) || !reader.read(width)) return corrupt("the file ends inside their shape", kWhere);
  if (n_mels != hparams.n_mels || width != kWhisperMelWidth) {
    return corrupt(fmt::format("have shape [{}, {}], expected [{}, {}]", n_mels, width, hparams.n_mels,
                               kWhisperMelWidth),
                   kWhere);
  }
  std::span<const std::byte> bytes;
  if (!reader.take(std::uint64_t{n_mels} * width * sizeof(float), bytes)) {
    return corrupt("the file ends inside them", kWhere);
  }
  std::vector<float> filters(std::size_t{n_mels} * width);
  std::memcpy(filters.data(), bytes.data(), bytes.size());
  return filters;
}

Result<std::vector<std::string_view>> read_tokens(ByteReader& reader, const WhisperHparams& hparams) {
  constexpr const char* kWhere = "vocabulary";
  std::uint32_t count = 0;
  if (!reader.read(count)) return corrupt("the file ends inside its size", kWhere);
  if (count > hparams.n_vocab) {
    return corrupt(fmt::format("has {} tokens, more than n_vocab, {}", count, hparams.n_vocab), kWhere);
  }
  if (count > reader.remaining() / sizeof(std::uint32_t)) {
    return corrupt(fmt::format("{} tokens are announced, more than the file has room for", count), kWhere);
  }
  std::vector<std::string_view> tokens(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto at = [&] { return fmt::format("token {} of {}", i + 1, count); };
    std::uint32_t length = 0;
    if (!reader.read(length)) return corrupt("the file ends inside its length", at());
    if (length > kMaxWhisperTokenBytes) return over_limit(length, kMaxWhisperTokenBytes, at());
    std::span<const std::byte> bytes;
    if (!reader.take(length, bytes)) return corrupt("the file ends inside it", at());
    tokens[i] = as_text(bytes);
  }
  return tokens;
}

// What stands before a tensor's name.
struct TensorHeader {
  std::uint32_t rank = 0;
  std::uint32_t name_bytes = 0;
  std::uint32_t type = 0;
};

Result<std::string_view> read_name(ByteReader& reader, std::uint32_t length, const std::string& where) {
  if (length == 0) return corrupt("the tensor has no name", where);
  if (length > kMaxTensorNameBytes) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("the name is {} bytes long, the limit is {}", length, kMaxTensorNameBytes),
                where);
  }
  std::span<const std::byte> bytes;
  if (!reader.take(length, bytes)) return corrupt("the file ends inside the name", where);
  if (!base::utf8_valid(as_text(bytes))) return corrupt("the name is not valid UTF-8", where);
  return as_text(bytes);
}

Result<DType> read_type(std::uint32_t id, const std::string& where) {
  const Result<DType> type = tensor_type_from_id(id);
  if (type && std::ranges::find(kTypes, *type) != kTypes.end()) return *type;
  return fail(ErrorCode::kUnsupported,
              type ? fmt::format("has type {}, which whisper files do not have", tensor::traits(*type).name)
                   : type.error().message,
              where);
}

Result<Shape> read_shape(ByteReader& reader, std::uint32_t rank, const std::string& where) {
  if (rank == 0 || rank > kMaxDims) {
    return corrupt(fmt::format("{} dimensions, 1 to {} are possible", rank, kMaxDims), where);
  }
  std::array<std::uint64_t, kMaxDims> dims = {};
  std::uint64_t elements = 1;
  for (std::uint32_t i = 0; i < rank; ++i) {
    std::uint32_t dim = 0;
    if (!reader.read(dim)) return corrupt("the file ends inside the dimensions", where);
    if (dim == 0) return corrupt(fmt::format("dimension {} is zero", i), where);
    const auto product = base::checked_mul<std::uint64_t>(elements, dim);
    if (!product) return corrupt("the product of the dimensions overflows", where);
    elements = *product;
    dims[i] = dim;
  }
  return Shape(std::span(dims.data(), rank));
}

Result<TensorInfo> read_tensor(ByteReader& reader, std::size_t index) {
  std::string where = fmt::format("tensor {}", index + 1);
  TensorHeader header;
  if (!reader.read(header.rank) || !reader.read(header.name_bytes) || !reader.read(header.type)) {
    return corrupt("the file ends inside its header", where);
  }
  TensorInfo info;
  PEREGRINE_ASSIGN(info.shape, read_shape(reader, header.rank, where));
  PEREGRINE_ASSIGN(info.name, read_name(reader, header.name_bytes, where));
  where = printable_name(info.name);
  PEREGRINE_ASSIGN(info.type, read_type(header.type, where));
  const std::uint64_t columns = info.shape[0];
  std::optional<std::uint64_t> bytes = tensor::row_bytes(info.type, columns);
  if (!bytes) {
    return corrupt(fmt::format("rows of {} elements do not fill whole {} blocks of {}", columns,
                               tensor::traits(info.type).name, tensor::traits(info.type).block_elements),
                   where);
  }
  bytes = base::checked_mul(*bytes, info.shape.elements() / columns);
  if (!bytes) return corrupt("the size in bytes overflows", where);
  if (!reader.take(*bytes, info.data)) {
    return corrupt(fmt::format("its data, {} bytes, ends outside the file; was the file cut short?", *bytes),
                   where);
  }
  return info;
}

}  // namespace

Result<WhisperFile> WhisperFile::parse(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  WhisperFile file;
  file.file_bytes_ = bytes.size();
  PEREGRINE_ASSIGN(file.hparams_, read_header(reader));
  PEREGRINE_ASSIGN(file.mel_filters_, read_filters(reader, file.hparams_));
  PEREGRINE_ASSIGN(file.tokens_, read_tokens(reader, file.hparams_));
  while (reader.remaining() > 0) {
    if (file.tensors_.size() == kMaxWhisperTensors) {
      return fail(ErrorCode::kResourceExhausted, fmt::format("more than {} tensors", kMaxWhisperTensors),
                  "tensors");
    }
    PEREGRINE_ASSIGN(const TensorInfo info, read_tensor(reader, file.tensors_.size()));
    file.tensors_.push_back(info);
  }
  file.by_name_.resize(file.tensors_.size());
  std::iota(file.by_name_.begin(), file.by_name_.end(), 0U);
  const auto name = [&file](std::uint32_t index) { return file.tensors_[index].name; };
  std::ranges::sort(file.by_name_, {}, name);
  const auto twice = std::ranges::adjacent_find(file.by_name_, {}, name);
  if (twice != file.by_name_.end()) return corrupt("the tensor appears twice", printable_name(name(*twice)));
  return file;
}

Result<WhisperFile> WhisperFile::open(const std::filesystem::path& path) {
  PEREGRINE_ASSIGN(base::MappedFile mapping, base::MappedFile::open(path));
  Result<WhisperFile> file = parse(mapping.bytes());
  if (!file) {
    Error error = std::move(file.error());
    error.where = fmt::format("{}: {}", path.string(), error.where);
    return tl::unexpected(std::move(error));
  }
  file->mapping_ = std::move(mapping);
  return file;
}

const TensorInfo* WhisperFile::tensor(std::string_view name) const {
  const auto name_of = [this](std::uint32_t index) { return tensors_[index].name; };
  const auto found = std::ranges::lower_bound(by_name_, name, {}, name_of);
  if (found == by_name_.end() || name_of(*found) != name) return nullptr;
  return &tensors_[*found];
}

bool looks_like_whisper(std::span<const std::byte> beginning) {
  std::uint32_t magic = 0;
  return ByteReader(beginning).read(magic) && magic == kWhisperMagic;
}

}  // namespace peregrine::gguf
