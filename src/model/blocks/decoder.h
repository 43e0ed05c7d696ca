// The decoder that most language models are: layers of attention and feed-forward, each behind an RMS norm
// and added to the residual stream.
//
// An architecture reads its keys, fills a DecoderSpec and the layers, and is done; what differs between
// families is data here, so nothing below asks which family it is.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/blocks/attention.h"
#include "model/blocks/experts.h"
#include "model/blocks/feed_forward.h"
#include "model/blocks/latent_attention.h"
#include "model/model.h"

namespace peregrine::model {

struct DecoderLayer {
  std::unique_ptr<backend::Buffer> attention_norm;
  std::unique_ptr<backend::Buffer> post_attention_norm;  // of the attention's output; null: none
  std::unique_ptr<backend::Buffer> ffn_norm;
  std::unique_ptr<backend::Buffer> post_ffn_norm;  // of the feed-forward's output; null: none

  // One of the two:
  std::optional<AttentionWeights> attention;
  std::optional<LatentAttentionWeights> latent;
  AttentionOptions options;  // of `attention`

  // A dense block, or experts with perhaps a dense block that every row passes as well.
  std::optional<FeedForwardWeights> dense;
  std::optional<ExpertsWeights> experts;

  std::uint32_t kv_group = 0;
  std::uint32_t kv_layer = 0;  // in its group
};

// Query temperatures of layers without rotation (Llama 4): 1 + scale * ln(floor((position + 1) / interval) +
// 1).
struct Temperature {
  float scale = 0.0F;  // 0: none
  float interval = 8192.0F;
};

struct DecoderSpec {
  Hparams h;
  std::shared_ptr<const backend::Rope> rope;
  float embedding_scale = 1.0F;
  float output_softcap = 0.0F;  // 0: none
  backend::Gate gate = backend::Gate::kSilu;
  ExpertsShape experts;        // n_experts 0: none
  LatentShape latent;          // kv_lora 0: none
  float latent_scale = 1.0F;   // of latent attention's scores
  std::uint32_t max_n_ff = 0;  // widest dense or shared block; 0: h.n_ff
  Temperature temperature;
};

class Decoder final : public Model {
 public:
  // Loads embeddings, output norm and output ("output.weight", or tied), and takes the layers as they are.
  // After that no tensor may be left in the file.
  static Result<std::unique_ptr<Model>> create(WeightLoader& loader, DecoderSpec spec, ModelInfo info,
                                               std::vector<DecoderLayer> layers);

  const ModelInfo& info() const override { return info_; }
  backend::Backend& backend() const override { return backend_; }
  Result<std::unique_ptr<Workspace>> make_workspace(std::uint32_t max_rows, std::uint32_t max_outputs,
                                                    std::uint32_t max_context) const override;
  void forward(const Batch& batch, KvStores kv, Workspace& workspace,
               std::span<float> outputs) const override;
  Result<std::shared_ptr<const Adapter>> bind(const AdapterWeights& weights) const override;

 private:
  Decoder(backend::Backend& backend, DecoderSpec spec, ModelInfo info, std::vector<DecoderLayer> layers)
      : backend_(backend), spec_(std::move(spec)), info_(std::move(info)), layers_(std::move(layers)) {}

  void attend(const DecoderLayer& layer, const DecoderStep& step, const LayerCache& cache) const;
  void feed(const DecoderLayer& layer, const DecoderStep& step) const;
  std::span<const AdaptedRows> adapted_rows(const Batch& batch, DecoderScratch& scratch) const;
  std::span<const float> temperatures(const Batch& batch, DecoderScratch& scratch) const;
  const backend::Matrix& output() const { return output_ ? *output_ : *embeddings_; }

  backend::Backend& backend_;
  DecoderSpec spec_;
  ModelInfo info_;
  std::unique_ptr<backend::Matrix> embeddings_;
  std::unique_ptr<backend::Matrix> output_;  // null: tied to the embeddings
  std::unique_ptr<backend::Buffer> output_norm_;
  std::vector<DecoderLayer> layers_;
};

// What architectures without surprises share.
AttentionOptions plain_attention(const Hparams& h);
// The layer's attention, its norms "attn_norm" and "ffn_norm", and its dense block or experts: experts where
// `experts` has any.
Result<DecoderLayer> load_plain_layer(WeightLoader& loader, const Hparams& h, const ExpertsShape& experts,
                                      std::uint32_t index);
// A family whose layers are all like that.
Result<std::vector<DecoderLayer>> load_plain_layers(WeightLoader& loader, const DecoderSpec& spec);
// Puts every layer into a KV group by its view: the first group sees everything.
void group_by_view(const Hparams& h, const std::vector<backend::View>& views, ModelInfo& info,
                   std::vector<DecoderLayer>& layers);

}  // namespace peregrine::model
