// What a step of a model has to read and to multiply at least: the active work that speeds are set against.
//
// Counted from the file's tensors. A matrix is read once per step however many rows the step has; of experts,
// those that a step's rows use on average if each is as likely as the others. Attention's own arithmetic is
// left out of multiply-accumulates (they are those of the weight matrices), its reading of the KV cache is
// not left out of bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/backend.h"
#include "base/result.h"
#include "gguf/file.h"
#include "model/model.h"

namespace peregrine::app::bench {

// Multiply-accumulates, by the arithmetic they are done in: int8 for quantised weights, fp32 for plain ones.
struct Macs {
  double int8 = 0;
  double fp32 = 0;

  double total() const { return int8 + fp32; }
  Macs& operator+=(const Macs& other) {
    int8 += other.int8;
    fp32 += other.fp32;
    return *this;
  }
  Macs operator*(double factor) const { return {int8 * factor, fp32 * factor}; }
};

class Work {
 public:
  // Errors: kNotFound, kCorrupt for a file with expert tensors that does not say how many are used.
  static Result<Work> of(const gguf::File& file, const model::ModelInfo& info, tensor::DType kv_dtype);

  // Bytes of the weights that a step of `rows` tokens reads.
  double weight_bytes(std::uint32_t rows) const;
  // Bytes of the KV cache that a token with `context` tokens before it reads.
  double kv_bytes(std::uint32_t context) const;
  // For one token; `output` says whether its logits are wanted.
  Macs macs(bool output) const;

 private:
  double dense_bytes_ = 0;   // read by every step, the output matrix among them
  double expert_bytes_ = 0;  // of all experts
  double used_share_ = 1;    // of the experts, by one token
  Macs hidden_;
  Macs output_;

  struct KvGroup {
    backend::View view;
    double token_bytes;
  };
  std::vector<KvGroup> kv_;
};

}  // namespace peregrine::app::bench
