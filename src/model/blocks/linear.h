// A matrix with a bias, and a layer norm, as encoders have them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "backend/backend.h"
#include "model/weights.h"

namespace peregrine::model {

// "NAME.weight" and "NAME.bias".
struct LayerNorm {
  std::unique_ptr<backend::Buffer> weight, bias;

  static Result<LayerNorm> load(WeightLoader& loader, const std::string& name, std::uint32_t n) {
    LayerNorm norm;
    PEREGRINE_ASSIGN(norm.weight, loader.vector(name + ".weight", n));
    PEREGRINE_ASSIGN(norm.bias, loader.vector(name + ".bias", n));
    return norm;
  }
};

// "NAME.weight", and "NAME.bias" if `biased` or where the file has it.
struct Linear {
  std::unique_ptr<backend::Matrix> weight;
  std::unique_ptr<backend::Buffer> bias;  // null: none

  static Result<Linear> load(WeightLoader& loader, const std::string& name, std::uint32_t n_out,
                             std::uint32_t n_in, bool biased) {
    Linear linear;
    PEREGRINE_ASSIGN(linear.weight, loader.matrix(name + ".weight", n_out, n_in));
    PEREGRINE_ASSIGN(linear.bias, biased ? loader.vector(name + ".bias", n_out)
                                         : loader.optional_vector(name + ".bias", n_out));
    return linear;
  }
  void apply(backend::Backend& backend, backend::Tensor x, backend::Tensor out) const {
    backend.matmul(*weight, x, out);
    add_bias(backend, out);
  }
  void add_bias(backend::Backend& backend, backend::Tensor out) const {
    if (bias) backend.add_bias(*bias, out);
  }
};

}  // namespace peregrine::model
