// Hyperparameters that transformer files share, read and bounded once.
//
// Every figure comes from an untrusted file: after read_hparams() succeeds, products of these dimensions fit
// 32 bits where Tensors need them and the relations between them hold (heads divide, rotation fits the head).
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::model {

inline constexpr std::uint32_t kMaxLayers = 1024;
inline constexpr std::uint32_t kMaxHeads = 1024;
inline constexpr std::uint32_t kMaxHeadDim = 1024;
inline constexpr std::uint32_t kMaxWidth = 1U << 20;  // embedding, feed-forward, heads * head_dim
inline constexpr std::uint32_t kMaxContext = 1U << 24;
inline constexpr std::uint32_t kMaxVocabulary = 1U << 21;
inline constexpr std::uint32_t kMaxExperts = 1U << 12;

struct Hparams {
  std::string architecture;
  std::uint32_t n_vocab = 0;  // rows of token_embd.weight
  std::uint32_t context_length = 0;
  std::uint32_t n_embd = 0;
  std::uint32_t n_ff = 0;
  std::uint32_t n_layers = 0;
  std::uint32_t n_heads = 0;
  std::uint32_t n_kv_heads = 0;
  std::uint32_t head_dim = 0;   // of queries and keys
  std::uint32_t value_dim = 0;  // of values
  std::uint32_t rope_dim = 0;
  float rope_base = 10000.0F;
  float rope_linear_scale = 1.0F;
  std::uint32_t rope_original_context = 0;  // of YaRN; 0: no YaRN
  float norm_eps = 1e-5F;                   // of RMS norms, or of layer norms where the model has those

  std::uint32_t q_width() const { return n_heads * head_dim; }
  std::uint32_t k_width() const { return n_kv_heads * head_dim; }
  std::uint32_t v_width() const { return n_kv_heads * value_dim; }
};

// Reads the keys "ARCH.*". Errors name the key.
Result<Hparams> read_hparams(const gguf::File& file);

// Single keys, "ARCH.NAME", with their bounds. Errors name the key.
class HparamReader {
 public:
  HparamReader(const gguf::File& file, const std::string& architecture)
      : meta_(file.metadata()), prefix_(architecture + ".") {}

  bool has(const std::string& name) const { return meta_.contains(prefix_ + name); }
  // 1 to max.
  Result<std::uint32_t> count(const std::string& name, std::uint32_t max) const;
  // min to max, or the fallback when the key is missing.
  Result<std::uint32_t> count_or(const std::string& name, std::uint32_t fallback, std::uint32_t min,
                                 std::uint32_t max) const;
  // Finite and above 0, or the fallback when the key is missing.
  Result<float> positive_or(const std::string& name, float fallback) const;
  Result<bool> flag_or(const std::string& name, bool fallback) const;
  // A refusal that names the key.
  tl::unexpected<Error> refuse(const std::string& name, std::string why) const;

 private:
  const gguf::Metadata& meta_;
  std::string prefix_;
};

}  // namespace peregrine::model
