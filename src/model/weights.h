// Takes a model's tensors out of a GGUF file by name, checks their shapes and hands them to the backend.
#pragma once

#include <cstdint>
#include <memory>
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

  // A vector of n elements.
  Result<std::unique_ptr<backend::Buffer>> vector(const std::string& name, std::uint64_t n);

  // The same, or null when the file has no such tensor.
  Result<std::unique_ptr<backend::Buffer>> optional_vector(const std::string& name, std::uint64_t n);

 private:
  Result<backend::WeightSource> source(const std::string& name, std::uint64_t rows, std::uint64_t cols) const;

  const gguf::File& file_;
  backend::Backend& backend_;
};

}  // namespace peregrine::model
