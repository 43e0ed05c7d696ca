// Takes a model's tensors out of a GGUF file by name, checks their shapes and hands them to the backend.
//
// It remembers what was taken: a tensor that nobody asked for means that the file is of another kind of
// model than its keys say, and that what would be computed is not what it means.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "backend/backend.h"
#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::model {

class WeightLoader {
 public:
  WeightLoader(const gguf::File& file, backend::Backend& backend)
      : file_(file), backend_(backend), taken_(file.tensors().size()) {}

  backend::Backend& backend() const { return backend_; }

  bool has(const std::string& name) const { return file_.tensor(name) != nullptr; }
  // Takes a tensor as it is in the file; null when it has none.
  const gguf::TensorInfo* take(const std::string& name);

  // A matrix of n_out rows of n_in. Errors name the tensor: kNotFound, kCorrupt (other shape), and the
  // backend's.
  Result<std::unique_ptr<backend::Matrix>> matrix(const std::string& name, std::uint64_t n_out,
                                                  std::uint64_t n_in);

  // The matrices of n_experts experts, one after the other: [n_experts * n_out, n_in].
  Result<std::unique_ptr<backend::Matrix>> stack(const std::string& name, std::uint64_t n_experts,
                                                 std::uint64_t n_out, std::uint64_t n_in);
  // Their vectors: [1, n_experts * n]; null when the file has no such tensor.
  Result<std::unique_ptr<backend::Buffer>> optional_stack(const std::string& name, std::uint64_t n_experts,
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

  const gguf::File& file_;
  backend::Backend& backend_;
  std::vector<bool> taken_;  // by tensor, in file order
};

}  // namespace peregrine::model
