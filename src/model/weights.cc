#include "model/weights.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace peregrine::model {

Result<backend::WeightSource> WeightLoader::source(const std::string& name,
                                                   std::span<const std::uint64_t> shape) const {
  const gguf::TensorInfo* info = file_.tensor(name);
  if (info == nullptr) return fail(ErrorCode::kNotFound, "the file has no such tensor", name);
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
  return backend_.load_matrix(from);
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

Result<std::unique_ptr<backend::Buffer>> WeightLoader::vector(const std::string& name, std::uint64_t n) {
  PEREGRINE_ASSIGN(const backend::WeightSource from, source(name, std::array{n}));
  return backend_.load_vector(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::optional_vector(const std::string& name,
                                                                       std::uint64_t n) {
  if (!has(name)) return nullptr;
  return vector(name, n);
}

}  // namespace peregrine::model
