#include "model/arch/llama.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <vector>

#include "model/blocks/attention.h"
#include "model/blocks/feed_forward.h"
#include "model/hparams.h"
#include "model/info.h"
#include "model/weights.h"

namespace peregrine::model {
namespace {

using backend::Buffer;
using backend::Matrix;
using backend::Tensor;

struct Layer {
  std::unique_ptr<Buffer> attention_norm;
  AttentionWeights attention;
  std::unique_ptr<Buffer> ffn_norm;
  FeedForwardWeights ffn;
};

class LlamaWorkspace final : public Workspace {
 public:
  std::unique_ptr<Buffer> x, normed, delta;  // [rows, n_embd]
  std::unique_ptr<Buffer> q, mixed;          // [rows, n_heads * head_dim]
  std::unique_ptr<Buffer> k, v;              // [rows, n_kv_heads * head_dim]
  std::unique_ptr<Buffer> rotations;         // [rows, rope_dim]
  std::unique_ptr<Buffer> gate, up;          // [rows, n_ff]
  std::unique_ptr<Buffer> outputs;           // [outputs, n_embd]
  std::unique_ptr<Buffer> logits;            // [outputs, n_vocab]
};

class Llama final : public Model {
 public:
  static Result<std::unique_ptr<Llama>> load(const gguf::File& file, backend::Backend& backend);

  const ModelInfo& info() const override { return info_; }
  backend::Backend& backend() const override { return backend_; }
  Result<std::unique_ptr<Workspace>> make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                    std::uint32_t max_context) const override;
  void forward(const Batch& batch, backend::KvStore& kv, Workspace& workspace,
               std::span<float> logits) const override;

 private:
  Llama(backend::Backend& backend, Hparams hparams) : backend_(backend), hparams_(std::move(hparams)) {}
  Status load_rope(const gguf::File& file);
  Status load_weights(const gguf::File& file);
  const Matrix& output() const { return output_ ? *output_ : *embeddings_; }

  backend::Backend& backend_;
  Hparams hparams_;
  ModelInfo info_;
  std::shared_ptr<const backend::Rope> rope_;
  std::unique_ptr<Matrix> embeddings_;
  std::unique_ptr<Matrix> output_;  // null: tied to the embeddings
  std::unique_ptr<Buffer> output_norm_;
  std::vector<Layer> layers_;
};

Result<std::unique_ptr<Llama>> Llama::load(const gguf::File& file, backend::Backend& backend) {
  PEREGRINE_ASSIGN(Hparams hparams, read_hparams(file));
  const std::string experts_key = hparams.architecture + ".expert_count";
  PEREGRINE_ASSIGN(const std::uint32_t experts, file.metadata().u32_or(experts_key, 0));
  if (experts > 0) return fail(ErrorCode::kUnsupported, "mixtures of experts are not supported", experts_key);
  std::unique_ptr<Llama> model(new Llama(backend, std::move(hparams)));
  PEREGRINE_ASSIGN(model->info_, describe(file, model->hparams_));
  PEREGRINE_TRY(model->load_rope(file));
  PEREGRINE_TRY(model->load_weights(file));
  return model;
}

Status Llama::load_rope(const gguf::File& file) {
  backend::RopeSpec spec{.pairing = backend::RopePairing::kAdjacent,
                         .dim = hparams_.rope_dim,
                         .base = hparams_.rope_base,
                         .linear_scale = hparams_.rope_linear_scale,
                         .freq_factors = {}};
  PEREGRINE_ASSIGN(spec.freq_factors, read_rope_factors(file, hparams_.rope_dim / 2));
  PEREGRINE_ASSIGN(rope_, backend_.make_rope(spec));
  return {};
}

Status Llama::load_weights(const gguf::File& file) {
  const Hparams& h = hparams_;
  WeightLoader loader(file, backend_);
  PEREGRINE_ASSIGN(embeddings_, loader.matrix("token_embd.weight", h.n_vocab, h.n_embd));
  PEREGRINE_ASSIGN(output_norm_, loader.vector("output_norm.weight", h.n_embd));
  if (loader.has("output.weight")) {
    PEREGRINE_ASSIGN(output_, loader.matrix("output.weight", h.n_vocab, h.n_embd));
  }
  layers_.reserve(h.n_layers);
  for (std::uint32_t i = 0; i < h.n_layers; ++i) {
    const std::string prefix = fmt::format("blk.{}.", i);
    Layer layer;
    PEREGRINE_ASSIGN(layer.attention_norm, loader.vector(prefix + "attn_norm.weight", h.n_embd));
    PEREGRINE_ASSIGN(layer.attention, AttentionWeights::load(loader, h, prefix));
    PEREGRINE_ASSIGN(layer.ffn_norm, loader.vector(prefix + "ffn_norm.weight", h.n_embd));
    PEREGRINE_ASSIGN(layer.ffn, FeedForwardWeights::load(loader, h, prefix));
    layers_.push_back(std::move(layer));
  }
  return {};
}

Result<std::unique_ptr<Workspace>> Llama::make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                         std::uint32_t max_context) const {
  const Hparams& h = hparams_;
  const std::uint32_t q_width = h.n_heads * h.head_dim;
  const std::uint32_t kv_width = h.n_kv_heads * h.head_dim;
  PEREGRINE_TRY(backend_.reserve({.rows = std::max(max_rows, max_outputs),
                                  .n_in = std::max({h.n_embd, q_width, h.n_ff}),
                                  .context = max_context,
                                  .head_group = h.n_heads / h.n_kv_heads}));
  auto w = std::make_unique<LlamaWorkspace>();
  PEREGRINE_ASSIGN(w->x, backend_.allocate(max_rows, h.n_embd));
  PEREGRINE_ASSIGN(w->normed, backend_.allocate(max_rows, h.n_embd));
  PEREGRINE_ASSIGN(w->delta, backend_.allocate(max_rows, h.n_embd));
  PEREGRINE_ASSIGN(w->q, backend_.allocate(max_rows, q_width));
  PEREGRINE_ASSIGN(w->mixed, backend_.allocate(max_rows, q_width));
  PEREGRINE_ASSIGN(w->k, backend_.allocate(max_rows, kv_width));
  PEREGRINE_ASSIGN(w->v, backend_.allocate(max_rows, kv_width));
  PEREGRINE_ASSIGN(w->rotations, backend_.allocate(max_rows, h.rope_dim));
  PEREGRINE_ASSIGN(w->gate, backend_.allocate(max_rows, h.n_ff));
  PEREGRINE_ASSIGN(w->up, backend_.allocate(max_rows, h.n_ff));
  PEREGRINE_ASSIGN(w->outputs, backend_.allocate(max_outputs, h.n_embd));
  PEREGRINE_ASSIGN(w->logits, backend_.allocate(max_outputs, h.n_vocab));
  return w;
}

void Llama::forward(const Batch& batch, backend::KvStore& kv, Workspace& workspace,
                    std::span<float> logits) const {
  const Hparams& h = hparams_;
  auto& w = static_cast<LlamaWorkspace&>(workspace);
  const auto rows = static_cast<std::uint32_t>(batch.tokens.size());
  const auto n_outputs = static_cast<std::uint32_t>(batch.output_rows.size());
  assert(rows <= w.x->tensor().rows && n_outputs <= w.outputs->tensor().rows);
  assert(logits.size() == std::size_t{n_outputs} * h.n_vocab);
  const auto use = [rows](const std::unique_ptr<Buffer>& buffer) {
    return buffer->tensor().first_rows(rows);
  };

  const Tensor x = use(w.x);
  const Tensor normed = use(w.normed);
  const Tensor delta = use(w.delta);
  const AttentionScratch scratch{use(w.q), use(w.k), use(w.v), use(w.mixed)};
  const Tensor rotations = use(w.rotations);
  backend_.embed(*embeddings_, batch.tokens, x);
  backend_.rotations(*rope_, batch.positions, rotations);
  for (std::uint32_t i = 0; i < h.n_layers; ++i) {
    const Layer& layer = layers_[i];
    backend_.rms_norm(x, *layer.attention_norm, h.norm_eps, normed);
    const AttentionStep step{rope_.get(), rotations, batch.sequences, &kv, i};
    self_attention(backend_, layer.attention, h, step, scratch, normed, delta);
    backend_.add(x, delta);
    backend_.rms_norm(x, *layer.ffn_norm, h.norm_eps, normed);
    feed_forward(backend_, layer.ffn, use(w.gate), use(w.up), normed, delta);
    backend_.add(x, delta);
  }
  if (n_outputs == 0) return;
  const Tensor outputs = w.outputs->tensor().first_rows(n_outputs);
  const Tensor scores = w.logits->tensor().first_rows(n_outputs);
  backend_.gather_rows(x, batch.output_rows, outputs);
  backend_.rms_norm(outputs, *output_norm_, h.norm_eps, outputs);
  backend_.matmul(output(), outputs, scores);
  backend_.read(scores, logits);
}

}  // namespace

Result<std::unique_ptr<Model>> load_llama(const gguf::File& file, backend::Backend& backend) {
  PEREGRINE_ASSIGN(std::unique_ptr<Model> model, Llama::load(file, backend));
  return model;
}

}  // namespace peregrine::model
