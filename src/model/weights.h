// Takes a model's tensors out of its file by name, checks their shapes and hands them to the backend.
//
// It remembers what was taken: a tensor that nobody asked for means that the file is of another kind of
// model than its keys say, and that what would be computed is not what it means.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backend/backend.h"
#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::model {

class WeightLoader {
 public:
  // Of a gguf::File or a gguf::WhisperFile, which outlives the loader.
  template <class File>
  WeightLoader(const File& file, backend::Backend& backend)
      : tensors_(file.tensors()),
        find_([&file](std::string_view name) { return file.tensor(name); }),
        backend_(backend),
        taken_(tensors_.size()) {}

  backend::Backend& backend() const { return backend_; }

  // From now on, matrices of F32 and F16 whose rows fill blocks of `type` are converted to it; nullopt ends
  // that.
  void keep_floats_as(std::optional<tensor::DType> type) { floats_kept_as_ = type; }

  bool has(const std::string& name) const { return find_(name) != nullptr; }
  // Takes a tensor as it is in the file; null when it has none.
  const gguf::TensorInfo* take(const std::string& name);

  // A matrix of n_out rows of n_in. Errors name the tensor: kNotFound, kCorrupt (other shape), and the
  // backend's.
  Result<std::unique_ptr<backend::Matrix>> matrix(const std::string& name, std::uint64_t n_out,
                                                  std::uint64_t n_in);

  // The kernel of a convolution, [n_out, n_in, taps] with taps innermost, as a matrix of n_out rows.
  Result<std::unique_ptr<backend::Matrix>> convolution(const std::string& name, std::uint64_t n_out,
                                                       std::uint64_t n_in, std::uint64_t taps);
  // Its bias, stored as n_out rows of one element.
  Result<std::unique_ptr<backend::Buffer>> convolution_bias(const std::string& name, std::uint64_t n_out);

  // The matrices of n_experts experts, one after the other: [n_experts * n_out, n_in].
  Result<std::unique_ptr<backend::Matrix>> stack(const std::string& name, std::uint64_t n_experts,
                                                 std::uint64_t n_out, std::uint64_t n_in);
  // Their vectors: [1, n_experts * n]; null when the file has no such tensor.
  Result<std::unique_ptr<backend::Buffer>> optional_stack(const std::string& name, std::uint64_t n_experts,
                                                          std::uint64_t n);

  // A table of n_rows rows of n floats, as a vector: [1, n_rows * n].
  Result<std::unique_ptr<backend::Buffer>> table(const std::string& name, std::uint64_t n_rows,
                                                 std::uint64_t n);

  // A vector of n elements.
  Result<std::unique_ptr<backend::Buffer>> vector(const std::string& name, std::uint64_t n);

  // The same, or null when the file has no such tensor.
  Result<std::unique_ptr<backend::Buffer>> optional_vector(const std::string& name, std::uint64_t n);

  // For what is optional in general and not in a family: every layer has "blk.I.NAME". Errors: kNotFound,
  // naming the first that is missing.
  Status require_in_layers(std::uint32_t n_layers, std::initializer_list<const char*> names) const;
  // Errors: kUnsupported, naming a tensor that was not taken.
  Status check_all_taken(const std::string& architecture) const;

 private:
  // `shape` innermost first.
  Result<backend::WeightSource> source(const std::string& name, std::span<const std::uint64_t> shape);
  Result<std::unique_ptr<backend::Matrix>> load_matrix(backend::WeightSource source);

  std::span<const gguf::TensorInfo> tensors_;
  std::function<const gguf::TensorInfo*(std::string_view)> find_;
  backend::Backend& backend_;
  std::vector<bool> taken_;  // by tensor, in file order
  std::optional<tensor::DType> floats_kept_as_;
};

}  // namespace peregrine::model
