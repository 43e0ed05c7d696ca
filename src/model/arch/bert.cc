#include "model/arch/bert.h"

#include <fmt/format.h>
#include <array>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "model/blocks/linear.h"
#include "model/blocks/scratch.h"
#include "model/info.h"
#include "model/weights.h"

namespace peregrine::model {
namespace {

using backend::Matrix;
using backend::Tensor;

constexpr std::uint32_t kMaxTokenTypes = 64;

struct Layer {
  Linear q, k, v;  // or `fused`: all query rows, then keys, then values
  Linear fused;
  Linear out;
  LayerNorm attention_norm;
  Linear gate;  // without weight: none, and gelu after `up`
  Linear up, down;
  LayerNorm output_norm;
};

class Bert final : public Model {
 public:
  static Result<std::unique_ptr<Model>> load(const gguf::File& file, backend::Backend& backend);

  const ModelInfo& info() const override { return info_; }
  backend::Backend& backend() const override { return backend_; }
  Result<std::unique_ptr<Workspace>> make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                    std::uint32_t max_context) const override;
  void forward(const Batch& batch, KvStores kv, Workspace& workspace,
               std::span<float> outputs) const override;

 private:
  explicit Bert(backend::Backend& backend) : backend_(backend) {}
  // BERT has learned positions and biases throughout; Nomic's encoder rotates and has gates instead.
  bool is_classic() const { return h_.architecture == "bert"; }
  Status load_embeddings(WeightLoader& loader);
  Status load_head(WeightLoader& loader);
  Result<Layer> load_layer(WeightLoader& loader, std::uint32_t index) const;
  void embed(const Batch& batch, const DecoderStep& step) const;
  void attend(const Layer& layer, const DecoderStep& step, const LayerCache& cache) const;
  void feed(const Layer& layer, const DecoderStep& step) const;
  Tensor score(Tensor states, const DecoderScratch& scratch) const;
  void normalise(const LayerNorm& norm, Tensor x) const {
    backend_.layer_norm(x, *norm.weight, norm.bias.get(), h_.norm_eps, x);
  }

  backend::Backend& backend_;
  Hparams h_;
  ModelInfo info_;
  std::shared_ptr<const backend::Rope> rope_;  // null: learned positions
  std::unique_ptr<Matrix> tokens_, positions_, types_;
  LayerNorm embedding_norm_;
  std::vector<Layer> layers_;
  Linear head_hidden_, head_out_;  // of a cross-encoder; the first may have no weight
};

Status read_output(const HparamReader& reader, ModelInfo& info) {
  constexpr std::uint32_t kRank = 4;
  PEREGRINE_ASSIGN(const std::uint32_t kind, reader.count_or("pooling_type", 0, 0, kRank));
  const bool ranks = kind == kRank;
  info.output = ranks ? OutputKind::kScore : OutputKind::kEmbedding;
  info.pooling = ranks ? Pooling::kFirst : static_cast<Pooling>(kind);
  return {};
}

Status Bert::load_embeddings(WeightLoader& loader) {
  PEREGRINE_ASSIGN(tokens_, loader.matrix("token_embd.weight", h_.n_vocab, h_.n_embd));
  if (const gguf::TensorInfo* types = loader.take("token_types.weight")) {
    const std::uint64_t n = types->shape.size() > 1 ? types->shape[1] : 1;
    if (n > kMaxTokenTypes)
      return fail(ErrorCode::kCorrupt, fmt::format("has {} rows", n), "token_types.weight");
    PEREGRINE_ASSIGN(types_, loader.matrix("token_types.weight", n, h_.n_embd));
  }
  if (is_classic()) {
    PEREGRINE_ASSIGN(positions_, loader.matrix("position_embd.weight", h_.context_length, h_.n_embd));
  } else {
    PEREGRINE_ASSIGN(rope_, load_rope(loader, h_, backend::RopePairing::kHalves, 1.0F));
  }
  PEREGRINE_ASSIGN(embedding_norm_, LayerNorm::load(loader, "token_embd_norm", h_.n_embd));
  return {};
}

// The classifier over the first token's state: a layer with tanh, where there is one, and a single logit.
Status Bert::load_head(WeightLoader& loader) {
  if (info_.output != OutputKind::kScore) return {};
  if (loader.has("cls.weight")) {
    PEREGRINE_ASSIGN(head_hidden_, Linear::load(loader, "cls", h_.n_embd, h_.n_embd, false));
  }
  PEREGRINE_ASSIGN(head_out_, Linear::load(loader, "cls.output", info_.output_width(), h_.n_embd, false));
  return {};
}

Result<Layer> Bert::load_layer(WeightLoader& loader, std::uint32_t index) const {
  const std::string prefix = fmt::format("blk.{}.", index);
  const std::uint32_t width = h_.n_embd;
  const bool biased = is_classic();
  const auto linear = [&](const char* name, std::uint32_t n_out, std::uint32_t n_in) {
    return Linear::load(loader, prefix + name, n_out, n_in, biased);
  };
  Layer layer;
  if (loader.has(prefix + "attn_qkv.weight")) {
    PEREGRINE_ASSIGN(layer.fused, linear("attn_qkv", 3 * width, width));
  } else {
    PEREGRINE_ASSIGN(layer.q, linear("attn_q", width, width));
    PEREGRINE_ASSIGN(layer.k, linear("attn_k", width, width));
    PEREGRINE_ASSIGN(layer.v, linear("attn_v", width, width));
  }
  PEREGRINE_ASSIGN(layer.out, linear("attn_output", width, width));
  PEREGRINE_ASSIGN(layer.attention_norm, LayerNorm::load(loader, prefix + "attn_output_norm", width));
  if (!is_classic()) {
    PEREGRINE_ASSIGN(layer.gate, linear("ffn_gate", h_.n_ff, width));
  }
  PEREGRINE_ASSIGN(layer.up, linear("ffn_up", h_.n_ff, width));
  PEREGRINE_ASSIGN(layer.down, linear("ffn_down", width, h_.n_ff));
  PEREGRINE_ASSIGN(layer.output_norm, LayerNorm::load(loader, prefix + "layer_output_norm", width));
  return layer;
}

Result<std::unique_ptr<Model>> Bert::load(const gguf::File& file, backend::Backend& backend) {
  std::unique_ptr<Bert> model(new Bert(backend));
  PEREGRINE_ASSIGN(model->h_, read_hparams(file));
  Hparams& h = model->h_;
  const HparamReader reader(file, h.architecture);
  if (h.q_width() != h.n_embd || h.k_width() != h.n_embd || h.value_dim != h.head_dim) {
    return reader.refuse("attention.head_count_kv", "an encoder's heads must fill its width");
  }
  PEREGRINE_ASSIGN(model->info_, describe(file, h));
  PEREGRINE_TRY(read_output(reader, model->info_));
  // Every layer reads what it has just written, so all share one layer of the store.
  model->info_.kv.front().n_layers = 1;
  WeightLoader loader(file, backend);
  PEREGRINE_TRY(model->load_embeddings(loader));
  for (std::uint32_t i = 0; i < h.n_layers; ++i) {
    PEREGRINE_ASSIGN(Layer layer, model->load_layer(loader, i));
    model->layers_.push_back(std::move(layer));
  }
  PEREGRINE_TRY(model->load_head(loader));
  PEREGRINE_TRY(loader.check_all_taken(h.architecture));
  return std::unique_ptr<Model>(std::move(model));
}

Result<std::unique_ptr<Workspace>> Bert::make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                        std::uint32_t max_context) const {
  ScratchShape shape;
  shape.n_embd = h_.n_embd;
  shape.q_width = shape.k_width = shape.v_width = shape.mixed_width = h_.n_embd;
  // Layers may differ in how their projections are stored.
  const bool any_fused =
      std::ranges::any_of(layers_, [](const Layer& layer) { return layer.fused.weight != nullptr; });
  shape.key_dim = shape.value_dim = h_.head_dim;
  shape.fused_width = any_fused ? 3 * h_.n_embd : 0;
  shape.rope_dim = rope_ ? h_.rope_dim : 0;
  shape.n_ff = h_.n_ff;
  shape.output_width = head_out_.weight ? info_.output_width() : 0;
  PEREGRINE_ASSIGN(std::unique_ptr<Workspace> scratch,
                   DecoderScratch::create(backend_, shape, max_rows, max_outputs, max_context));
  return scratch;
}

void Bert::embed(const Batch& batch, const DecoderStep& step) const {
  const Tensor x = step.rows(step.scratch->x);
  const Tensor more = step.rows(step.scratch->delta);
  backend_.embed(*tokens_, batch.tokens, x);
  if (types_) {
    std::vector<TokenId> types(batch.tokens.size(), 0);
    if (types_->n_out() > 1) std::ranges::copy(batch.segments, types.begin());
    backend_.embed(*types_, types, more);
    backend_.add(x, more);
  }
  if (positions_) {
    backend_.embed(*positions_, batch.positions, more);
    backend_.add(x, more);
  } else {
    backend_.rotations(*rope_, batch.positions, step.rows(step.scratch->rotations));
  }
  normalise(embedding_norm_, x);
}

void Bert::attend(const Layer& layer, const DecoderStep& step, const LayerCache& cache) const {
  const DecoderScratch& s = *step.scratch;
  const Tensor x = step.rows(s.x);
  const Tensor q = step.rows(s.q);
  const Tensor k = step.rows(s.k);
  const Tensor v = step.rows(s.v);
  if (layer.fused.weight) {
    const Tensor fused = step.rows(s.fused);
    layer.fused.apply(backend_, x, fused);
    backend_.copy_heads(fused, 0, q, 0, 1, h_.n_embd);
    backend_.copy_heads(fused, h_.n_embd, k, 0, 1, h_.n_embd);
    backend_.copy_heads(fused, 2 * h_.n_embd, v, 0, 1, h_.n_embd);
  } else {
    backend_.matmul(
        x, std::array{backend::Product{layer.q.weight.get(), q}, backend::Product{layer.k.weight.get(), k},
                      backend::Product{layer.v.weight.get(), v}});
    layer.q.add_bias(backend_, q);
    layer.k.add_bias(backend_, k);
    layer.v.add_bias(backend_, v);
  }
  if (rope_) {
    backend_.rope(*rope_, step.rows(s.rotations), h_.head_dim, q);
    backend_.rope(*rope_, step.rows(s.rotations), h_.head_dim, k);
  }
  backend_.store_kv(*cache.store, cache.layer, cache.slices, k, v);
  backend_.attention(*cache.store, cache.slices,
                     {.q = q,
                      .out = step.rows(s.mixed),
                      .layer = cache.layer,
                      .n_q_heads = h_.n_heads,
                      .scale = 1.0F / std::sqrt(static_cast<float>(h_.head_dim)),
                      .causal = false});
  layer.out.apply(backend_, step.rows(s.mixed), step.rows(s.delta));
  backend_.add(x, step.rows(s.delta));
  normalise(layer.attention_norm, x);
}

void Bert::feed(const Layer& layer, const DecoderStep& step) const {
  const DecoderScratch& s = *step.scratch;
  const Tensor x = step.rows(s.x);
  const Tensor up = step.rows(s.up);
  layer.up.apply(backend_, x, up);
  if (layer.gate.weight) {
    const Tensor gate = step.rows(s.gate);
    layer.gate.apply(backend_, x, gate);
    backend_.gate_mul(backend::Gate::kSilu, gate, up);
    layer.down.apply(backend_, gate, step.rows(s.delta));
  } else {
    backend_.gelu(up);
    layer.down.apply(backend_, up, step.rows(s.delta));
  }
  backend_.add(x, step.rows(s.delta));
  normalise(layer.output_norm, x);
}

Tensor Bert::score(Tensor states, const DecoderScratch& scratch) const {
  if (head_hidden_.weight) {
    const Tensor hidden = scratch.delta->tensor().first_rows(states.rows);
    head_hidden_.apply(backend_, states, hidden);
    backend_.softcap(hidden, 1.0F);  // tanh
    states = hidden;
  }
  const Tensor scores = scratch.scores->tensor().first_rows(states.rows);
  head_out_.apply(backend_, states, scores);
  return scores;
}

void Bert::forward(const Batch& batch, KvStores kv, Workspace& workspace, std::span<float> outputs) const {
  auto& scratch = static_cast<DecoderScratch&>(workspace);
  const auto n_outputs = static_cast<std::uint32_t>(batch.output_rows.size());
  assert(outputs.size() == std::size_t{n_outputs} * info_.output_width());
  assert(batch.segments.empty() || batch.segments.size() == batch.tokens.size());
  const DecoderStep step{.scratch = &scratch,
                         .n_rows = static_cast<std::uint32_t>(batch.tokens.size()),
                         .rope = rope_.get(),
                         .causal = false};
  const LayerCache cache{kv[0].get(), 0, batch.slices[0]};
  embed(batch, step);
  for (const Layer& layer : layers_) {
    attend(layer, step, cache);
    feed(layer, step);
  }
  if (n_outputs == 0) return;
  const Tensor states = scratch.outputs->tensor().first_rows(n_outputs);
  backend_.gather_rows(step.rows(scratch.x), batch.output_rows, states);
  backend_.read(head_out_.weight ? score(states, scratch) : states, outputs);
}

}  // namespace

Result<std::unique_ptr<Model>> load_bert(const gguf::File& file, backend::Backend& backend) {
  return Bert::load(file, backend);
}

}  // namespace peregrine::model
