#include "model/arch/whisper.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <cmath>
#include <numeric>
#include <optional>

#include "model/arch/whisper_state.h"
#include "model/blocks/linear.h"
#include "model/speech/alignment_heads.h"
#include "model/weights.h"

namespace peregrine::model {
namespace {

using backend::Backend;
using backend::Buffer;
using backend::Matrix;
using backend::Product;
using backend::Tensor;
using gguf::WhisperHparams;

constexpr float kNormEps = 1e-5F;
constexpr std::uint32_t kTaps = 3;
constexpr std::uint32_t kFeedForward = 4;  // its width in units of the state's

struct Attention {
  LayerNorm norm;
  Linear q, k, v, out;  // k has no bias

  static Result<Attention> load(WeightLoader& loader, const std::string& name, std::uint32_t width) {
    Attention a;
    PEREGRINE_ASSIGN(a.norm, LayerNorm::load(loader, name + "_ln", width));
    PEREGRINE_ASSIGN(a.q, Linear::load(loader, name + ".query", width, width, true));
    PEREGRINE_TRY(a.load_keys_and_values(loader, name, width));
    PEREGRINE_ASSIGN(a.out, Linear::load(loader, name + ".out", width, width, true));
    return a;
  }
  // To a window: keys and values are the encoder's work, and kept as its matrices are.
  static Result<Attention> load_cross(WeightLoader& loader, const std::string& name, std::uint32_t width,
                                      std::optional<tensor::DType> kept_as) {
    Attention a;
    PEREGRINE_ASSIGN(a.norm, LayerNorm::load(loader, name + "_ln", width));
    PEREGRINE_ASSIGN(a.q, Linear::load(loader, name + ".query", width, width, true));
    loader.keep_floats_as(kept_as);
    PEREGRINE_TRY(a.load_keys_and_values(loader, name, width));
    loader.keep_floats_as(std::nullopt);
    PEREGRINE_ASSIGN(a.out, Linear::load(loader, name + ".out", width, width, true));
    return a;
  }

 private:
  Status load_keys_and_values(WeightLoader& loader, const std::string& name, std::uint32_t width) {
    PEREGRINE_ASSIGN(k.weight, loader.matrix(name + ".key.weight", width, width));
    PEREGRINE_ASSIGN(v, Linear::load(loader, name + ".value", width, width, true));
    return {};
  }
};

struct FeedForward {
  LayerNorm norm;
  Linear up, down;

  static Result<FeedForward> load(WeightLoader& loader, const std::string& prefix, std::uint32_t width) {
    FeedForward f;
    PEREGRINE_ASSIGN(f.norm, LayerNorm::load(loader, prefix + "mlp_ln", width));
    PEREGRINE_ASSIGN(f.up, Linear::load(loader, prefix + "mlp.0", kFeedForward * width, width, true));
    PEREGRINE_ASSIGN(f.down, Linear::load(loader, prefix + "mlp.2", width, kFeedForward * width, true));
    return f;
  }
};

struct Convolution {
  std::unique_ptr<Matrix> weight;
  std::unique_ptr<Buffer> bias;

  static Result<Convolution> load(WeightLoader& loader, const std::string& name, std::uint32_t n_out,
                                  std::uint32_t n_in) {
    Convolution c;
    PEREGRINE_ASSIGN(c.weight, loader.convolution(name + ".weight", n_out, n_in, kTaps));
    PEREGRINE_ASSIGN(c.bias, loader.convolution_bias(name + ".bias", n_out));
    return c;
  }
};

struct AudioLayer {
  Attention self;
  FeedForward feed;
};
struct TextLayer {
  Attention self, cross;
  FeedForward feed;
};

class Whisper final : public SpeechModel {
 public:
  static Result<std::unique_ptr<SpeechModel>> load(const gguf::WhisperFile& file, Backend& backend,
                                                   const SpeechModelOptions& options);

  const SpeechModelInfo& info() const override { return info_; }
  Backend& backend() const override { return backend_; }
  Result<std::unique_ptr<SpeechState>> make_state(const SpeechCapacity& capacity) const override;
  void encode(std::span<const float> mels, std::span<const std::uint32_t> windows,
              SpeechState& state) const override;
  void decode(const TextStep& step, SpeechState& state, std::span<float> logits,
              std::span<float> alignment) const override;
  void copy_sequence(SpeechState& state, std::uint32_t from, std::uint32_t to,
                     std::uint32_t n_tokens) const override;

 private:
  using Activations = WhisperState::Activations;
  // The rows of a half's activations that a step uses. Two pairs share memory: normed and mixed, delta and q.
  struct Rows {
    Tensor x, normed, delta, q, k, v, mixed, up;
    Rows(const Activations& a, std::uint32_t n)
        : x(a.x->tensor().first_rows(n)),
          normed(a.normed->tensor().first_rows(n)),
          delta(a.queries().first_rows(n)),
          q(delta),
          k(a.keys().first_rows(n)),
          v(a.values->tensor().first_rows(n)),
          mixed(normed),
          up(a.up->tensor().first_rows(n)) {}
  };

  Whisper(Backend& backend, const WhisperHparams& hparams) : backend_(backend), h_(hparams) {}
  Status load_audio(WeightLoader& loader);
  // `kept_as`: the type that the encoder's floats are kept in.
  Status load_text(WeightLoader& loader, std::optional<tensor::DType> kept_as);
  void describe(const gguf::WhisperFile& file);

  void convolve(std::span<const float> mel, WhisperState& s) const;
  void encode_window(std::span<const float> mel, std::uint32_t window, WhisperState& s) const;
  void embed(const TextStep& step, WhisperState& s, const Rows& rows) const;
  void place(const TextStep& step, WhisperState& s) const;
  void attend_to_self(const TextLayer& layer, std::uint32_t index, WhisperState& s, const Rows& rows) const;
  void attend_to_window(const TextLayer& layer, std::uint32_t index, WhisperState& s, const Rows& rows,
                        std::span<float> alignment) const;
  // normed = norm(x); q, k and v of it.
  void project(const Attention& attention, const Rows& rows) const;
  // x += out(mixed).
  void close(const Attention& attention, const Rows& rows) const;
  void feed(const FeedForward& feed, const Rows& rows) const;
  void normalise(const LayerNorm& norm, Tensor x, Tensor out) const {
    backend_.layer_norm(x, *norm.weight, norm.bias.get(), kNormEps, out);
  }
  static float score_scale(Tensor q, std::uint32_t n_heads) {
    const std::uint32_t width = q.cols / n_heads;
    return 1.0F / std::sqrt(static_cast<float>(width));
  }

  Backend& backend_;
  WhisperHparams h_;
  SpeechModelInfo info_;
  Convolution conv1_, conv2_;
  std::unique_ptr<Buffer> audio_positions_;  // [1, positions * state]
  std::vector<AudioLayer> audio_layers_;
  LayerNorm audio_norm_;
  std::unique_ptr<Matrix> tokens_, text_positions_;
  std::vector<TextLayer> text_layers_;
  LayerNorm text_norm_;
};

std::optional<tensor::DType> type_of(EncoderWeights weights) {
  switch (weights) {
    case EncoderWeights::kInt16:
      return tensor::DType::kQ16_0;
    case EncoderWeights::kInt8:
      return tensor::DType::kQ8_0;
    case EncoderWeights::kAsStored:
      break;
  }
  return std::nullopt;
}

Status check_heads(std::uint32_t state, std::uint32_t heads, const char* figure) {
  if (state % heads == 0) return {};
  return fail(ErrorCode::kCorrupt, fmt::format("{} heads do not divide a state of {}", heads, state), figure);
}

Status Whisper::load_audio(WeightLoader& loader) {
  const std::uint32_t width = h_.n_audio_state;
  PEREGRINE_ASSIGN(conv1_, Convolution::load(loader, "encoder.conv1", width, h_.n_mels));
  PEREGRINE_ASSIGN(conv2_, Convolution::load(loader, "encoder.conv2", width, width));
  PEREGRINE_ASSIGN(audio_positions_, loader.table("encoder.positional_embedding", h_.n_audio_ctx, width));
  for (std::uint32_t i = 0; i < h_.n_audio_layer; ++i) {
    const std::string prefix = fmt::format("encoder.blocks.{}.", i);
    AudioLayer layer;
    PEREGRINE_ASSIGN(layer.self, Attention::load(loader, prefix + "attn", width));
    PEREGRINE_ASSIGN(layer.feed, FeedForward::load(loader, prefix, width));
    audio_layers_.push_back(std::move(layer));
  }
  PEREGRINE_ASSIGN(audio_norm_, LayerNorm::load(loader, "encoder.ln_post", width));
  return {};
}

Status Whisper::load_text(WeightLoader& loader, std::optional<tensor::DType> kept_as) {
  const std::uint32_t width = h_.n_text_state;
  PEREGRINE_ASSIGN(tokens_, loader.matrix("decoder.token_embedding.weight", h_.n_vocab, width));
  PEREGRINE_ASSIGN(text_positions_, loader.matrix("decoder.positional_embedding", h_.n_text_ctx, width));
  for (std::uint32_t i = 0; i < h_.n_text_layer; ++i) {
    const std::string prefix = fmt::format("decoder.blocks.{}.", i);
    TextLayer layer;
    PEREGRINE_ASSIGN(layer.self, Attention::load(loader, prefix + "attn", width));
    PEREGRINE_ASSIGN(layer.cross, Attention::load_cross(loader, prefix + "cross_attn", width, kept_as));
    PEREGRINE_ASSIGN(layer.feed, FeedForward::load(loader, prefix, width));
    text_layers_.push_back(std::move(layer));
  }
  PEREGRINE_ASSIGN(text_norm_, LayerNorm::load(loader, "decoder.ln", width));
  return {};
}

void Whisper::describe(const gguf::WhisperFile& file) {
  info_.name = whisper_shape_name(h_);
  info_.n_vocab = h_.n_vocab;
  info_.n_mels = h_.n_mels;
  info_.mel_frames = 2 * h_.n_audio_ctx;
  info_.audio_positions = h_.n_audio_ctx;
  info_.text_context = h_.n_text_ctx;
  info_.alignment_heads = alignment_heads_of(h_);
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    info_.n_parameters += tensor.shape.elements();
    info_.weight_bytes += tensor.data.size();
  }
}

Result<std::unique_ptr<SpeechModel>> Whisper::load(const gguf::WhisperFile& file, Backend& backend,
                                                   const SpeechModelOptions& options) {
  const WhisperHparams& h = file.hparams();
  PEREGRINE_TRY(check_heads(h.n_audio_state, h.n_audio_head, "n_audio_head"));
  PEREGRINE_TRY(check_heads(h.n_text_state, h.n_text_head, "n_text_head"));
  if (h.n_audio_state != h.n_text_state) {
    return fail(
        ErrorCode::kUnsupported,
        fmt::format("is {}, and n_audio_state {}: they must be alike", h.n_text_state, h.n_audio_state),
        "n_text_state");
  }
  std::unique_ptr<Whisper> model(new Whisper(backend, h));
  model->describe(file);
  WeightLoader loader(file, backend);
  const std::optional<tensor::DType> kept_as = type_of(options.encoder);
  loader.keep_floats_as(kept_as);
  PEREGRINE_TRY(model->load_audio(loader));
  loader.keep_floats_as(std::nullopt);
  PEREGRINE_TRY(model->load_text(loader, kept_as));
  PEREGRINE_TRY(loader.check_all_taken("whisper"));
  return std::unique_ptr<SpeechModel>(std::move(model));
}

Result<std::unique_ptr<SpeechState>> Whisper::make_state(const SpeechCapacity& capacity) const {
  PEREGRINE_ASSIGN(std::unique_ptr<SpeechState> state, WhisperState::create(backend_, h_, capacity));
  return state;
}

void Whisper::project(const Attention& attention, const Rows& rows) const {
  normalise(attention.norm, rows.x, rows.normed);
  backend_.matmul(rows.normed, std::array{Product{attention.q.weight.get(), rows.q},
                                          Product{attention.k.weight.get(), rows.k},
                                          Product{attention.v.weight.get(), rows.v}});
  attention.q.add_bias(backend_, rows.q);
  attention.v.add_bias(backend_, rows.v);
}

void Whisper::close(const Attention& attention, const Rows& rows) const {
  attention.out.apply(backend_, rows.mixed, rows.delta);
  backend_.add(rows.x, rows.delta);
}

void Whisper::feed(const FeedForward& feed, const Rows& rows) const {
  normalise(feed.norm, rows.x, rows.normed);
  feed.up.apply(backend_, rows.normed, rows.up);
  backend_.gelu(rows.up);
  feed.down.apply(backend_, rows.up, rows.delta);
  backend_.add(rows.x, rows.delta);
}

// The convolutions and the positions: a window's mels to audio.x.
void Whisper::convolve(std::span<const float> mel, WhisperState& s) const {
  const std::uint32_t frames = info_.mel_frames;
  const Tensor convolved = s.convolved();
  float* scratch = s.unfolded();
  const Tensor first{scratch, frames, kTaps * h_.n_mels};
  backend_.write(mel, s.mel->tensor());
  backend_.unfold(s.mel->tensor(), true, 1, first);
  backend_.matmul(*conv1_.weight, first, convolved);
  backend_.add_bias(*conv1_.bias, convolved);
  backend_.gelu(convolved);
  const Tensor x = s.audio.x->tensor();
  const Tensor second{scratch, h_.n_audio_ctx, kTaps * h_.n_audio_state};
  backend_.unfold(convolved, false, 2, second);
  backend_.matmul(*conv2_.weight, second, x);
  backend_.add_bias(*conv2_.bias, x);
  backend_.gelu(x);
  backend_.add(x, {audio_positions_->tensor().data, x.rows, x.cols});
}

void Whisper::encode_window(std::span<const float> mel, std::uint32_t window, WhisperState& s) const {
  convolve(mel, s);
  const Rows rows(s.audio, h_.n_audio_ctx);
  const backend::SequenceSlice whole{.n_rows = h_.n_audio_ctx, .blocks = s.block(0)};
  for (const AudioLayer& layer : audio_layers_) {
    project(layer.self, rows);
    // Every layer reads what it has just written, so all share one layer of the store.
    backend_.store_kv(*s.audio_kv, 0, {&whole, 1}, rows.k, rows.v);
    backend_.attention(*s.audio_kv, {&whole, 1},
                       {.q = rows.q,
                        .out = rows.mixed,
                        .n_q_heads = h_.n_audio_head,
                        .scale = score_scale(rows.q, h_.n_audio_head),
                        .causal = false});
    close(layer.self, rows);
    feed(layer.feed, rows);
  }
  normalise(audio_norm_, rows.x, rows.normed);
  // What the decoder's layers look at, once and for all.
  const backend::SequenceSlice slot{.n_rows = h_.n_audio_ctx, .blocks = s.block(window)};
  for (std::uint32_t i = 0; i < h_.n_text_layer; ++i) {
    const Attention& cross = text_layers_[i].cross;
    backend_.matmul(rows.normed,
                    std::array{Product{cross.k.weight.get(), rows.k}, Product{cross.v.weight.get(), rows.v}});
    cross.v.add_bias(backend_, rows.v);
    backend_.store_kv(*s.window_kv, i, {&slot, 1}, rows.k, rows.v);
  }
}

// One window after the other: the rows of one are enough to keep all threads busy.
void Whisper::encode(std::span<const float> mels, std::span<const std::uint32_t> windows,
                     SpeechState& state) const {
  auto& s = static_cast<WhisperState&>(state);
  const std::size_t size = std::size_t{h_.n_mels} * info_.mel_frames;
  assert(mels.size() == windows.size() * size && windows.size() <= s.capacity.encode_batch);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    assert(windows[i] < s.capacity.windows);
    encode_window(mels.subspan(i * size, size), windows[i], s);
  }
}

// The step's slices as the stores know them; rows that listen to one window side by side are one slice of it.
void Whisper::place(const TextStep& step, WhisperState& s) const {
  s.sequences.clear();
  s.windows.clear();
  const TextSlice* before = nullptr;
  for (const TextSlice& slice : step.slices) {
    assert(slice.start + slice.n_rows <= h_.n_text_ctx);
    assert(slice.sequence < s.capacity.sequences && slice.window < s.capacity.windows);
    s.sequences.push_back({.first_row = slice.first_row,
                           .n_rows = slice.n_rows,
                           .start = slice.start,
                           .blocks = s.block(slice.sequence)});
    if (before != nullptr && before->window == slice.window) {
      s.windows.back().n_rows += slice.n_rows;
    } else {
      s.windows.push_back(
          {.first_row = slice.first_row, .n_rows = slice.n_rows, .blocks = s.block(slice.window)});
    }
    before = &slice;
  }
}

void Whisper::embed(const TextStep& step, WhisperState& s, const Rows& rows) const {
  s.positions.resize(step.tokens.size());
  for (const TextSlice& slice : step.slices) {
    const auto first = s.positions.begin() + slice.first_row;
    std::iota(first, first + slice.n_rows, static_cast<TokenId>(slice.start));
  }
  backend_.embed(*tokens_, step.tokens, rows.x);
  backend_.embed(*text_positions_, s.positions, rows.delta);
  backend_.add(rows.x, rows.delta);
}

void Whisper::attend_to_self(const TextLayer& layer, std::uint32_t index, WhisperState& s,
                             const Rows& rows) const {
  project(layer.self, rows);
  backend_.store_kv(*s.text_kv, index, s.sequences, rows.k, rows.v);
  backend_.attention(*s.text_kv, s.sequences,
                     {.q = rows.q,
                      .out = rows.mixed,
                      .layer = index,
                      .n_q_heads = h_.n_text_head,
                      .scale = score_scale(rows.q, h_.n_text_head)});
  close(layer.self, rows);
}

void Whisper::attend_to_window(const TextLayer& layer, std::uint32_t index, WhisperState& s, const Rows& rows,
                               std::span<float> alignment) const {
  normalise(layer.cross.norm, rows.x, rows.normed);
  layer.cross.q.apply(backend_, rows.normed, rows.q);
  const backend::AttentionArgs args{.q = rows.q,
                                    .out = rows.mixed,
                                    .layer = index,
                                    .n_q_heads = h_.n_text_head,
                                    .scale = score_scale(rows.q, h_.n_text_head),
                                    .context = h_.n_audio_ctx};
  backend_.attention(*s.window_kv, s.windows, args);
  if (!alignment.empty()) {
    const Tensor weights = s.alignment->tensor().first_rows(rows.x.rows);
    const std::size_t size = std::size_t{weights.rows} * weights.cols;
    for (std::size_t i = 0; i < info_.alignment_heads.size(); ++i) {
      if (info_.alignment_heads[i].layer != index) continue;
      backend_.attention_weights(*s.window_kv, s.windows, args, info_.alignment_heads[i].head, weights);
      backend_.read(weights, alignment.subspan(i * size, size));
    }
  }
  close(layer.cross, rows);
}

void Whisper::decode(const TextStep& step, SpeechState& state, std::span<float> logits,
                     std::span<float> alignment) const {
  auto& s = static_cast<WhisperState&>(state);
  const auto n_rows = static_cast<std::uint32_t>(step.tokens.size());
  const auto n_outputs = static_cast<std::uint32_t>(step.output_rows.size());
  assert(n_rows <= s.capacity.rows && n_outputs <= s.capacity.output_rows);
  assert(logits.size() == std::size_t{n_outputs} * h_.n_vocab);
  assert(alignment.empty() || (n_rows <= s.capacity.aligned_rows &&
                               alignment.size() == info_.alignment_heads.size() * n_rows * h_.n_audio_ctx));
  const Rows rows(s.text, n_rows);
  place(step, s);
  embed(step, s, rows);
  for (std::uint32_t i = 0; i < h_.n_text_layer; ++i) {
    attend_to_self(text_layers_[i], i, s, rows);
    attend_to_window(text_layers_[i], i, s, rows, alignment);
    feed(text_layers_[i].feed, rows);
  }
  if (n_outputs == 0) return;
  const Tensor states = s.outputs->tensor().first_rows(n_outputs);
  const Tensor scores = s.logits->tensor().first_rows(n_outputs);
  backend_.gather_rows(rows.x, step.output_rows, states);
  normalise(text_norm_, states, states);
  backend_.matmul(*tokens_, states, scores);
  backend_.read(scores, logits);
}

void Whisper::copy_sequence(SpeechState& state, std::uint32_t from, std::uint32_t to,
                            std::uint32_t n_tokens) const {
  auto& s = static_cast<WhisperState&>(state);
  assert(from < s.capacity.sequences && to < s.capacity.sequences && n_tokens <= h_.n_text_ctx);
  backend_.copy_kv(*s.text_kv, from, to, n_tokens);
}

}  // namespace

Result<std::unique_ptr<SpeechModel>> load_whisper(const gguf::WhisperFile& file, backend::Backend& backend,
                                                  const SpeechModelOptions& options) {
  return Whisper::load(file, backend, options);
}

std::vector<float> last_encoding(const SpeechState& state) {
  const auto& s = static_cast<const WhisperState&>(state);
  const Tensor encoded = s.audio.normed->tensor();
  std::vector<float> values(std::size_t{encoded.rows} * encoded.cols);
  s.backend->read(encoded, values);
  return values;
}

}  // namespace peregrine::model
