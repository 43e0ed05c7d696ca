// A loaded language model: facts about it, and one forward step over a batch of sequences.
//
// A model is immutable after loading; what a step writes lives in its Workspace and in the KV store. Nothing
// outside model/arch/ asks which architecture it is.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "backend/backend.h"
#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::model {

using backend::SequenceSlice;
using backend::TokenId;

// What the engine must keep for this model: keys and values of every layer, in one group.
struct KvSpec {
  std::uint32_t n_layers = 0;
  std::uint32_t n_kv_heads = 0;
  std::uint32_t head_dim = 0;
};

struct ModelInfo {
  std::string architecture;
  std::string name;  // general.name, or empty
  std::uint32_t n_vocab = 0;
  std::uint32_t context_length = 0;  // positions the model was trained for
  std::uint32_t embedding_length = 0;
  std::uint64_t n_parameters = 0;
  std::uint64_t weight_bytes = 0;
  KvSpec kv;
};

// One step. Rows are grouped by sequence, in the order of `sequences`, without gaps.
struct Batch {
  std::span<const TokenId> tokens;          // one per row, each in [0, n_vocab)
  std::span<const std::int32_t> positions;  // for position embeddings; usually index in the sequence
  std::span<const SequenceSlice> sequences;
  std::span<const std::uint32_t> output_rows;  // rows whose logits are wanted, ascending
};

// Activations of one step. Not shared between threads.
class Workspace {
 public:
  virtual ~Workspace() = default;
};

class Model {
 public:
  virtual ~Model() = default;
  virtual const ModelInfo& info() const = 0;

  // Memory for steps of at most `max_rows` rows with `max_outputs` output rows over at most `max_context`
  // tokens.
  virtual Result<std::unique_ptr<Workspace>> make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                            std::uint32_t max_context) const = 0;

  // Runs the step: stores keys and values of all rows in `kv` and writes logits, row-major
  // [output_rows.size(), n_vocab], to `logits`. Deterministic: a row's logits depend on its sequence alone.
  virtual void forward(const Batch& batch, backend::KvStore& kv, Workspace& workspace,
                       std::span<float> logits) const = 0;

  virtual backend::Backend& backend() const = 0;
};

// Loads the model in `file`, which must outlive it. Errors name the key or tensor; an architecture that is
// not known is kUnsupported, with the list of known ones.
Result<std::unique_ptr<Model>> load_model(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
