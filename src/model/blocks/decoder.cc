#include "model/blocks/decoder.h"

#include <fmt/format.h>

#include <cassert>
#include <cmath>

namespace peregrine::model {

using backend::Tensor;

Result<std::unique_ptr<Model>> Decoder::create(WeightLoader& loader, DecoderSpec spec, ModelInfo info,
                                               std::vector<DecoderLayer> layers) {
  std::unique_ptr<Decoder> model(
      new Decoder(loader.backend(), std::move(spec), std::move(info), std::move(layers)));
  const Hparams& h = model->spec_.h;
  PEREGRINE_ASSIGN(model->embeddings_, loader.matrix("token_embd.weight", h.n_vocab, h.n_embd));
  PEREGRINE_ASSIGN(model->output_norm_, loader.vector("output_norm.weight", h.n_embd));
  if (loader.has("output.weight")) {
    PEREGRINE_ASSIGN(model->output_, loader.matrix("output.weight", h.n_vocab, h.n_embd));
  }
  PEREGRINE_TRY(loader.check_all_taken(h.architecture));
  return std::unique_ptr<Model>(std::move(model));
}

Result<std::unique_ptr<Workspace>> Decoder::make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                           std::uint32_t max_context) const {
  const Hparams& h = spec_.h;
  const LatentShape& l = spec_.latent;
  const bool latent = l.kv_lora > 0;
  ScratchShape shape;
  shape.n_embd = h.n_embd;
  shape.q_width = latent ? l.n_heads * (l.kv_lora + l.rope_dim) : h.q_width();
  shape.k_width = latent ? l.kv_lora + l.rope_dim : h.k_width();
  shape.v_width = latent ? 0 : h.v_width();
  shape.mixed_width = latent ? l.n_heads * l.value_dim : h.n_heads * h.value_dim;
  shape.rope_dim = latent ? l.rope_dim : h.rope_dim;
  shape.n_ff = spec_.max_n_ff == 0 ? h.n_ff : spec_.max_n_ff;
  shape.head_group = latent ? l.n_heads : h.n_heads / h.n_kv_heads;
  shape.key_dim = latent ? l.kv_lora + l.rope_dim : h.head_dim;
  shape.value_dim = latent ? l.kv_lora : h.value_dim;
  shape.output_width = h.n_vocab;
  shape.adaptable = true;
  shape.n_experts = spec_.experts.n_experts;
  shape.n_used = spec_.experts.n_used;
  shape.n_ff_expert = spec_.experts.n_ff;
  if (latent) {
    shape.n_heads = l.n_heads;
    shape.q_lora = l.q_lora;
    shape.kv_lora = l.kv_lora;
    shape.nope_dim = l.nope_dim;
  }
  PEREGRINE_ASSIGN(std::unique_ptr<Workspace> scratch,
                   DecoderScratch::create(backend_, shape, max_rows, max_outputs, max_context));
  return scratch;
}

Result<std::shared_ptr<const Adapter>> Decoder::bind(const AdapterWeights& weights) const {
  std::vector<AdaptableLayer> adaptable(layers_.size());
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const DecoderLayer& layer = layers_[i];
    AdaptableLayer& to = adaptable[i];
    to.latent_attention = layer.latent.has_value();
    to.shared_expert = layer.experts.has_value();
    if (layer.attention) {
      to[AdapterTarget::kQuery] = layer.attention->q.get();
      to[AdapterTarget::kKey] = layer.attention->k.get();
      to[AdapterTarget::kValue] = layer.attention->v.get();
      to[AdapterTarget::kAttentionOutput] = layer.attention->out.get();
    }
    if (layer.dense) {
      to[AdapterTarget::kGate] = layer.dense->gate.get();
      to[AdapterTarget::kUp] = layer.dense->up.get();
      to[AdapterTarget::kDown] = layer.dense->down.get();
    }
  }
  return DecoderAdapter::bind(weights, identity(), info_.architecture, adaptable, backend_);
}

// Slices with the same adapter that follow each other are one run.
std::span<const AdaptedRows> Decoder::adapted_rows(const Batch& batch, DecoderScratch& scratch) const {
  assert(batch.adapters.empty() || batch.adapters.size() == batch.slices[0].size());
  std::vector<AdaptedRows>& runs = scratch.adapted;
  runs.clear();
  for (std::size_t i = 0; i < batch.adapters.size(); ++i) {
    if (batch.adapters[i] == nullptr) continue;
    assert(accepts(*batch.adapters[i]));
    const auto* adapter = static_cast<const DecoderAdapter*>(batch.adapters[i]);
    const SequenceSlice& slice = batch.slices[0][i];
    if (!runs.empty() && runs.back().adapter == adapter &&
        runs.back().first_row + runs.back().n_rows == slice.first_row) {
      runs.back().n_rows += slice.n_rows;
    } else {
      runs.push_back({adapter, slice.first_row, slice.n_rows});
    }
  }
  return runs;
}

std::span<const float> Decoder::temperatures(const Batch& batch, DecoderScratch& scratch) const {
  const Temperature& t = spec_.temperature;
  if (t.scale == 0.0F) return {};
  scratch.temperatures.clear();
  for (const std::int32_t position : batch.positions) {
    const float step = std::floor((static_cast<float>(position) + 1.0F) / t.interval);
    scratch.temperatures.push_back(1.0F + t.scale * std::log(step + 1.0F));
  }
  return scratch.temperatures;
}

void Decoder::attend(const DecoderLayer& layer, const DecoderStep& step, const LayerCache& cache) const {
  const float eps = spec_.h.norm_eps;
  const Tensor x = step.rows(step.scratch->x);
  const Tensor normed = step.rows(step.scratch->normed);
  const Tensor delta = step.rows(step.scratch->delta);
  backend_.rms_norm(x, *layer.attention_norm, eps, normed);
  if (layer.latent) {
    latent_attention(backend_, *layer.latent, spec_.latent, spec_.latent_scale, eps, step, cache, normed,
                     delta);
  } else {
    self_attention(backend_, *layer.attention, layer.options, step, cache, normed, delta);
  }
  if (layer.post_attention_norm) backend_.rms_norm(delta, *layer.post_attention_norm, eps, delta);
  backend_.add(x, delta);
}

void Decoder::feed(const DecoderLayer& layer, const DecoderStep& step) const {
  const float eps = spec_.h.norm_eps;
  const Tensor x = step.rows(step.scratch->x);
  const Tensor normed = step.rows(step.scratch->normed);
  const Tensor delta = step.rows(step.scratch->delta);
  backend_.rms_norm(x, *layer.ffn_norm, eps, normed);
  if (layer.experts) {
    experts(backend_, *layer.experts, spec_.experts, step, normed, delta);
    backend_.add(x, delta);
  }
  if (!layer.dense) return;
  feed_forward(backend_, *layer.dense, spec_.gate, step, normed, delta);
  if (layer.post_ffn_norm) backend_.rms_norm(delta, *layer.post_ffn_norm, eps, delta);
  backend_.add(x, delta);
}

void Decoder::forward(const Batch& batch, KvStores kv, Workspace& workspace, std::span<float> outputs) const {
  auto& scratch = static_cast<DecoderScratch&>(workspace);
  const auto n_outputs = static_cast<std::uint32_t>(batch.output_rows.size());
  assert(kv.size() == info_.kv.size() && batch.slices.size() == kv.size());
  assert(outputs.size() == std::size_t{n_outputs} * info_.n_vocab);
  DecoderStep step{.scratch = &scratch,
                   .n_rows = static_cast<std::uint32_t>(batch.tokens.size()),
                   .rope = spec_.rope.get(),
                   .temperatures = temperatures(batch, scratch),
                   .adapted = adapted_rows(batch, scratch)};
  assert(step.n_rows <= scratch.x->tensor().rows && n_outputs <= scratch.outputs->tensor().rows);
  const Tensor x = step.rows(scratch.x);
  backend_.embed(*embeddings_, batch.tokens, x);
  if (spec_.embedding_scale != 1.0F) backend_.scale(x, spec_.embedding_scale);
  backend_.rotations(*spec_.rope, batch.positions, step.rows(scratch.rotations));
  for (const DecoderLayer& layer : layers_) {
    attend(layer, step, {kv[layer.kv_group].get(), layer.kv_layer, batch.slices[layer.kv_group]});
    feed(layer, step);
    ++step.layer;
  }
  if (n_outputs == 0) return;
  const Tensor states = scratch.outputs->tensor().first_rows(n_outputs);
  const Tensor scores = scratch.scores->tensor().first_rows(n_outputs);
  backend_.gather_rows(x, batch.output_rows, states);
  backend_.rms_norm(states, *output_norm_, spec_.h.norm_eps, states);
  backend_.matmul(output(), states, scores);
  if (spec_.output_softcap > 0.0F) backend_.softcap(scores, spec_.output_softcap);
  backend_.read(scores, outputs);
}

AttentionOptions plain_attention(const Hparams& h) {
  return {.head_dim = h.head_dim,
          .n_heads = h.n_heads,
          .scale = 1.0F / std::sqrt(static_cast<float>(h.head_dim)),
          .norm_eps = h.norm_eps};
}

Result<DecoderLayer> load_plain_layer(WeightLoader& loader, const Hparams& h, const ExpertsShape& experts,
                                      std::uint32_t index) {
  const std::string prefix = fmt::format("blk.{}.", index);
  DecoderLayer layer;
  layer.options = plain_attention(h);
  layer.kv_layer = index;
  PEREGRINE_ASSIGN(layer.attention_norm, loader.vector(prefix + "attn_norm.weight", h.n_embd));
  PEREGRINE_ASSIGN(layer.attention, AttentionWeights::load(loader, h, prefix));
  PEREGRINE_ASSIGN(layer.ffn_norm, loader.vector(prefix + "ffn_norm.weight", h.n_embd));
  if (experts.n_experts > 0) {
    PEREGRINE_ASSIGN(layer.experts, ExpertsWeights::load(loader, h, experts, prefix));
  } else {
    PEREGRINE_ASSIGN(layer.dense, FeedForwardWeights::load(loader, h.n_embd, h.n_ff, prefix));
  }
  return layer;
}

Result<std::vector<DecoderLayer>> load_plain_layers(WeightLoader& loader, const DecoderSpec& spec) {
  std::vector<DecoderLayer> layers;
  for (std::uint32_t i = 0; i < spec.h.n_layers; ++i) {
    PEREGRINE_ASSIGN(DecoderLayer layer, load_plain_layer(loader, spec.h, spec.experts, i));
    layers.push_back(std::move(layer));
  }
  return layers;
}

void group_by_view(const Hparams& h, const std::vector<backend::View>& views, ModelInfo& info,
                   std::vector<DecoderLayer>& layers) {
  const KvGroup empty{
      .n_layers = 0, .n_kv_heads = h.n_kv_heads, .key_dim = h.head_dim, .value_dim = h.value_dim};
  info.kv = {empty};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    std::size_t group = 0;
    while (group < info.kv.size() && info.kv[group].view != views[i]) ++group;
    if (group == info.kv.size()) {
      info.kv.push_back(empty);
      info.kv.back().view = views[i];
    }
    layers[i].kv_group = static_cast<std::uint32_t>(group);
    layers[i].kv_layer = info.kv[group].n_layers++;
  }
  assert(info.kv.size() <= kMaxKvGroups);
}

}  // namespace peregrine::model
