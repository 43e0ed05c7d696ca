// Takes a model's tensors out of a GGUF file by name, checks their shapes and hands them to the backend.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "backend/backend.h"
#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::model {

class WeightLoader {
 public:
  WeightLoader(const gguf::File& file, backend::Backend& backend) : file_(file), backend_(backend) {}

  bool has(const std::string& name) const { return file_.tensor(name) != nullptr; }

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

 private:
  // `shape` innermost first.
  Result<backend::WeightSource> source(const std::string& name, std::span<const std::uint64_t> shape) const;

  const gguf::File& file_;
  backend::Backend& backend_;
};

}  // namespace peregrine::model
