// A loaded language model: facts about it, and one forward step over a batch of sequences.
//
// A model is immutable after loading; what a step writes lives in its Workspace and in the KV store. Nothing
// outside model/arch/ asks which architecture it is.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "backend/backend.h"
#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::model {

using backend::SequenceSlice;
using backend::TokenId;

class Adapter;
struct AdapterWeights;

// What the engine must keep for a group of layers with one geometry and one view.
struct KvGroup {
  std::uint32_t n_layers = 0;
  std::uint32_t n_kv_heads = 0;
  std::uint32_t key_dim = 0;
  std::uint32_t value_dim = 0;
  bool latent = false;  // values are the beginning of the keys
  backend::View view = {};

  backend::KvLayout layout(std::uint32_t block_tokens, tensor::DType dtype) const {
    return {n_layers, n_kv_heads, key_dim, value_dim, latent, view, block_tokens, dtype};
  }
};

// What forward() writes for an output row.
enum class OutputKind : std::uint8_t {
  kLogits,     // n_vocab scores of the next token; rows see what came before them
  kEmbedding,  // embedding_length values; rows see their whole sequence, which must be one slice
  kScore,      // of a cross-encoder: one logit, how well the two texts of the sequence fit; rows as above
};

// How an embedding model's rows become one vector; which row has a cross-encoder's score.
enum class Pooling : std::uint8_t { kNone, kMean, kFirst, kLast };

struct ModelInfo {
  std::string architecture;
  std::string name;  // general.name, or empty
  std::uint32_t n_vocab = 0;
  std::uint32_t context_length = 0;  // positions the model was trained for
  std::uint32_t embedding_length = 0;
  std::uint64_t n_parameters = 0;
  std::uint64_t weight_bytes = 0;
  OutputKind output = OutputKind::kLogits;
  Pooling pooling = Pooling::kNone;
  std::vector<KvGroup> kv;  // the first sees everything; at most kMaxKvGroups

  std::uint32_t output_width() const {
    if (output == OutputKind::kScore) return 1;
    return output == OutputKind::kLogits ? n_vocab : embedding_length;
  }
};

inline constexpr std::size_t kMaxKvGroups = 4;

// One step. Rows are grouped by sequence, in the order of the slices, without gaps.
struct Batch {
  std::span<const TokenId> tokens;          // one per row, each in [0, n_vocab)
  std::span<const std::int32_t> positions;  // for position embeddings; usually index in the sequence
  // By KV group: the sequences with their blocks in that group's store. They differ in `blocks` only.
  std::span<const std::span<const SequenceSlice>> slices;
  std::span<const std::uint32_t> output_rows;  // rows whose outputs are wanted, ascending
  // Of encoders that tell the two texts of a pair apart: 0 or 1 per row; empty: all 0.
  std::span<const TokenId> segments = {};
  // By slice: the adapter, of this model, that its rows are computed with, or null; empty: all null. Cheapest
  // where slices with the same adapter stand together.
  std::span<const Adapter* const> adapters = {};
};

// One store per KV group.
using KvStores = std::span<const std::unique_ptr<backend::KvStore>>;

// Activations of one step. Not shared between threads.
class Workspace {
 public:
  virtual ~Workspace() = default;
};

class Model {
 public:
  Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  virtual ~Model() = default;
  virtual const ModelInfo& info() const = 0;

  // Memory for steps of at most `max_rows` rows with `max_outputs` output rows over at most `max_context`
  // tokens.
  virtual Result<std::unique_ptr<Workspace>> make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                            std::uint32_t max_context) const = 0;

  // Runs the step: stores keys and values of all rows in `kv` and writes outputs, row-major
  // [output_rows.size(), output_width()]. Deterministic: a row's output depends on its sequence alone.
  virtual void forward(const Batch& batch, KvStores kv, Workspace& workspace,
                       std::span<float> outputs) const = 0;

  virtual backend::Backend& backend() const = 0;

  // Checks an adapter against the model and brings it into memory; at any time and from any thread. Errors
  // name the tensor: kInvalidArgument for what is of another model (architecture, tensor, shape) or of a rank
  // outside 1..kMaxAdapterRank; kUnsupported for models that take no adapters and tensors that none may
  // change; kCorrupt; kResourceExhausted.
  virtual Result<std::shared_ptr<const Adapter>> bind(const AdapterWeights& weights) const;
  // Whether it was bound to this very model.
  bool accepts(const Adapter& adapter) const;

 protected:
  std::uint64_t identity() const { return identity_; }

 private:
  std::uint64_t identity_;
};

// Stores for `n_blocks` blocks in every KV group, for whoever runs a model without an engine.
Result<std::vector<std::unique_ptr<backend::KvStore>>> allocate_kv(const Model& model,
                                                                   std::uint32_t block_tokens,
                                                                   tensor::DType dtype,
                                                                   std::uint32_t n_blocks);

enum class Weights : std::uint8_t {
  kRead,      // the model is ready
  kReserved,  // it has the memory for its weights, and works after backend.read_weights()
};

// Loads the model in `file`, which must outlive it. Errors name the key or tensor; an architecture that is
// not known is kUnsupported, with the list of known ones.
Result<std::unique_ptr<Model>> load_model(const gguf::File& file, backend::Backend& backend,
                                          Weights weights = Weights::kRead);

}  // namespace peregrine::model
