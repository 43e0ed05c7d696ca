// The tensors of a synthetic model, in file order: names, shapes and types as model files of the architecture
// have them, and how their random values lie.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/synthetic/spec.h"
#include "gguf/shape.h"
#include "tensor/dtype.h"

namespace peregrine::app::synthetic {

struct PlannedTensor {
  std::string name;
  gguf::Shape shape;
  tensor::DType type = tensor::DType::kF32;
  float mean = 0.0F;
  float deviation = 0.0F;

  std::uint64_t elements() const { return shape.elements(); }
  std::uint64_t bytes() const;
};

// Every matrix has deviation 1/sqrt(inputs), so that activations keep their size from layer to layer; norms
// lie around 1.
std::vector<PlannedTensor> plan_tensors(const ModelSpec& spec);

// Of all tensors; the largest number there is for models that no disk holds.
std::uint64_t total_bytes(const std::vector<PlannedTensor>& tensors);
std::uint64_t total_elements(const std::vector<PlannedTensor>& tensors);

}  // namespace peregrine::app::synthetic
