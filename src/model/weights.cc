#include "model/weights.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace peregrine::model {

Result<backend::WeightSource> WeightLoader::source(const std::string& name, std::uint64_t rows,
                                                   std::uint64_t cols) const {
  const gguf::TensorInfo* info = file_.tensor(name);
  if (info == nullptr) return fail(ErrorCode::kNotFound, "the file has no such tensor", name);
  // Innermost dimension first; trailing dimensions of 1 carry nothing.
  std::uint64_t file_rows = 1;
  for (std::size_t i = 1; i < info->shape.size(); ++i) file_rows *= info->shape[i];
  if (info->shape.empty() || info->shape[0] != cols || file_rows != rows ||
      (info->shape.size() > 1 && info->shape[1] != rows)) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("has shape [{}], expected [{}, {}]", fmt::join(info->shape, ", "), cols, rows),
                name);
  }
  return backend::WeightSource{info->name, info->type, rows, cols, info->data};
}

Result<std::unique_ptr<backend::Matrix>> WeightLoader::matrix(const std::string& name, std::uint64_t n_out,
                                                              std::uint64_t n_in) {
  PEREGRINE_ASSIGN(const backend::WeightSource from, source(name, n_out, n_in));
  return backend_.load_matrix(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::vector(const std::string& name, std::uint64_t n) {
  PEREGRINE_ASSIGN(const backend::WeightSource from, source(name, 1, n));
  return backend_.load_vector(from);
}

Result<std::unique_ptr<backend::Buffer>> WeightLoader::optional_vector(const std::string& name,
                                                                       std::uint64_t n) {
  if (!has(name)) return nullptr;
  return vector(name, n);
}

}  // namespace peregrine::model
