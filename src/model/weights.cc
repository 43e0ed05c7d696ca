#include "model/weights.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "gguf/printable.h"

namespace peregrine::model {
namespace {

tl::unexpected<Error> missing(std::string name) {
  return fail(ErrorCode::kNotFound, "the file has no such tensor", std::move(name));
}

}  // namespace

const gguf::TensorInfo* WeightLoader::take(const std::string& name) {
  const gguf::TensorInfo* info = find_(name);
  if (info != nullptr) taken_[static_cast<std::size_t>(info - tensors_.data())] = true;
  return info;
}

Result<backend::WeightSource> WeightLoader::source(const std::string& name,
                                                   std::span<const std::uint64_t> shape) {
  const gguf::TensorInfo* info = take(name);
  if (info == nullptr) return missing(name);
  // Trailing dimensions of 1 carry nothing.
  const auto dimension = [](std::span<const std::uint64_t> of, std::size_t i) {
    return i < of.size() ? of[i] : 1;
  };
  for (std::size_t i = 0; i < std::max(shape.size(), info->shape.size()); ++i) {
    if (dimension(info->shape, i) == dimension(shape, i)) continue;
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("has shape [{}], expected [{}]", fmt::join(info->shape, ", "), fmt::join(shape, ", ")),
        name);
  }
  std::uint64_t rows = 1;
  for (const std::uint64_t n : shape.subspan(1)) rows *= n;
  return backend::WeightSource{info->name, info->type, rows, shape[0], info->data};
}

Result<std::unique_ptr<backend::Matrix>> WeightLoader::matrix(const std::string& name, std::uint64_t n_out,
                                                              std::uint64_t n_in) {
  PEREGRINE_ASSIGN(const backend::WeightSource from, source(name, std::array{n_in, n_out}));
  return load_matrix(from);
}

Result<std::unique_ptr<backend::Matrix>> WeightLoader::load_matrix(backend::WeightSource source) {
  const bool floats = source.dtype == tensor::DType::kF32 || source.dtype == tensor::DType::kF16;
  if (floats && floats_kept_as_ && tensor::row_bytes(*floats_kept_as_, source.cols)) {
    source.kept_as = floats_kept_as_;
  }
  return backend_.load_matrix(source);
}

Result<std::unique_ptr<backend::Matrix>> WeightLoader::convolution(const std::string& name,
                                                                   std::uint64_t n_out, std::uint64_t n_in,
                                                                   std::uint64_t taps) {
  PEREGRINE_ASSIGN(backend::WeightSource from, source(name, std::array{taps, n_in, n_out}));
  from.rows = n_out;
  from.cols = n_in * taps;
  return load_matrix(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::convolution_bias(const std::string& name,
                                                                        std::uint64_t n_out) {
  PEREGRINE_ASSIGN(backend::WeightSource from, source(name, std::array{std::uint64_t{1}, n_out}));
  from.rows = 1;
  from.cols = n_out;
  return backend_.load_vector(from);
}

Result<std::unique_ptr<backend::Matrix>> WeightLoader::stack(const std::string& name, std::uint64_t n_experts,
                                                             std::uint64_t n_out, std::uint64_t n_in) {
  PEREGRINE_ASSIGN(const backend::WeightSource from, source(name, std::array{n_in, n_out, n_experts}));
  return backend_.load_matrix(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::optional_stack(const std::string& name,
                                                                      std::uint64_t n_experts,
                                                                      std::uint64_t n) {
  if (!has(name)) return nullptr;
  PEREGRINE_ASSIGN(backend::WeightSource from, source(name, std::array{n, n_experts}));
  from.rows = 1;
  from.cols = n * n_experts;
  return backend_.load_vector(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::table(const std::string& name, std::uint64_t n_rows,
                                                             std::uint64_t n) {
  PEREGRINE_ASSIGN(backend::WeightSource from, source(name, std::array{n, n_rows}));
  from.rows = 1;
  from.cols = n * n_rows;
  return backend_.load_vector(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::vector(const std::string& name, std::uint64_t n) {
  PEREGRINE_ASSIGN(const backend::WeightSource from, source(name, std::array{n}));
  return backend_.load_vector(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::optional_vector(const std::string& name,
                                                                       std::uint64_t n) {
  if (!has(name)) return nullptr;
  return vector(name, n);
}

Status WeightLoader::require_in_layers(std::uint32_t n_layers,
                                       std::initializer_list<const char*> names) const {
  for (std::uint32_t i = 0; i < n_layers; ++i) {
    for (const char* name : names) {
      std::string full = fmt::format("blk.{}.{}", i, name);
      if (!has(full)) return missing(std::move(full));
    }
  }
  return {};
}

Status WeightLoader::check_all_taken(const std::string& architecture) const {
  const auto first = std::ranges::find(taken_, false);
  if (first == taken_.end()) return {};
  const gguf::TensorInfo& info = tensors_[static_cast<std::size_t>(first - taken_.begin())];
  return fail(ErrorCode::kUnsupported,
              fmt::format("a {} model of this shape has no such tensor", architecture),
              gguf::printable_name(info.name));
}

}  // namespace peregrine::model
