// What an adapter must fit: the tensors of its base model's file, and how the file orders their rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gguf/file.h"
#include "model/hparams.h"
#include "model/lora/adapter_weights.h"

namespace peregrine::model {

// The rows of a matrix in the order of the model's publisher, against that of its GGUF file.
enum class RowOrder : std::uint8_t {
  kSame,
  // Of each head of d rows, publisher's row s * d / 2 + j (s 0 or 1) is the file's row 2 j + s: files of the
  // llama architecture rotate adjacent pairs, the publisher's code halves.
  kInterleaved,
};

struct BaseTarget {
  std::string tensor;  // in the base's file
  std::uint32_t in = 0;
  std::uint32_t out = 0;
  RowOrder order = RowOrder::kSame;
  std::uint32_t heads = 1;  // of kInterleaved
};

class AdapterBase {
 public:
  // `file` outlives this. Errors: kUnsupported for a model that takes no adapters; those of its keys.
  static Result<AdapterBase> of(const gguf::File& file);

  const std::string& architecture() const { return hparams_.architecture; }

  // A tensor that an adapter may change, by its name in the file. Errors, with the name as `where`:
  // kNotFound, kUnsupported (a tensor of another kind).
  Result<BaseTarget> tensor(std::string_view name) const;
  // By the publisher's name of the module in Hugging Face's layout, "model.layers.3.self_attn.q_proj". Errors
  // as above.
  Result<BaseTarget> module(std::string_view name) const;
  // Whether some module of such models ends with that name: "q_proj", "self_attn.q_proj".
  static bool knows_module(std::string_view name);

 private:
  AdapterBase(const gguf::File& file, Hparams hparams) : file_(&file), hparams_(std::move(hparams)) {}

  const gguf::File* file_;
  Hparams hparams_;
};

}  // namespace peregrine::model
