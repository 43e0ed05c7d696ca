#include "model/arch/whisper_state.h"

#include <array>
#include <numeric>

#include "base/checked.h"

namespace peregrine::model {
namespace {

constexpr std::uint32_t kBlockStep = 16;  // blocks hold a multiple of so many tokens
// Widths that a feed-forward has, in units of the state's.
constexpr std::uint32_t kFeedForward = 4;

std::uint32_t block_tokens(std::uint32_t tokens) {
  return base::ceil_div(tokens, kBlockStep) * kBlockStep;
}

backend::KvLayout layout(std::uint32_t n_layers, std::uint32_t n_heads, std::uint32_t width,
                         std::uint32_t tokens) {
  return {.n_layers = n_layers,
          .n_kv_heads = n_heads,
          .key_dim = width / n_heads,
          .value_dim = width / n_heads,
          .block_tokens = block_tokens(tokens),
          .dtype = tensor::DType::kF16};
}

Status check(const SpeechCapacity& c) {
  for (const std::uint32_t n : {c.windows, c.sequences, c.encode_batch, c.rows, c.output_rows}) {
    if (n == 0) return fail(ErrorCode::kInvalidArgument, "a speech state without room for anything");
  }
  return {};
}

}  // namespace

Result<WhisperState::Activations> WhisperState::Activations::create(backend::Backend& backend,
                                                                    std::uint32_t rows, std::uint32_t width) {
  Activations a;
  for (Slot* slot : {&a.x, &a.normed, &a.values}) {
    PEREGRINE_ASSIGN(*slot, backend.allocate(rows, width));
  }
  PEREGRINE_ASSIGN(a.queries_keys, backend.allocate(2 * rows, width));
  PEREGRINE_ASSIGN(a.up, backend.allocate(rows, kFeedForward * width));
  return a;
}

Result<std::unique_ptr<WhisperState>> WhisperState::create(backend::Backend& backend,
                                                           const gguf::WhisperHparams& h,
                                                           const SpeechCapacity& capacity) {
  PEREGRINE_TRY(check(capacity));
  std::unique_ptr<WhisperState> s(new WhisperState);
  s->backend = &backend;
  s->capacity = capacity;
  const std::uint32_t frames = 2 * h.n_audio_ctx;
  const std::uint32_t unfolded = std::max(2 * 3 * h.n_mels, 3 * h.n_audio_state);
  PEREGRINE_ASSIGN(s->mel, backend.allocate(h.n_mels, frames));
  if (unfolded > kFeedForward * h.n_audio_state) {
    PEREGRINE_ASSIGN(s->wide_unfolded, backend.allocate(h.n_audio_ctx, unfolded));
  }
  PEREGRINE_ASSIGN(s->audio, Activations::create(backend, h.n_audio_ctx, h.n_audio_state));
  PEREGRINE_ASSIGN(s->text, Activations::create(backend, capacity.rows, h.n_text_state));
  PEREGRINE_ASSIGN(s->outputs, backend.allocate(capacity.output_rows, h.n_text_state));
  PEREGRINE_ASSIGN(s->logits, backend.allocate(capacity.output_rows, h.n_vocab));
  if (capacity.aligned_rows > 0) {
    PEREGRINE_ASSIGN(s->alignment, backend.allocate(capacity.aligned_rows, h.n_audio_ctx));
  }
  PEREGRINE_ASSIGN(s->audio_kv,
                   backend.allocate_kv(layout(1, h.n_audio_head, h.n_audio_state, h.n_audio_ctx), 1));
  PEREGRINE_ASSIGN(s->window_kv,
                   backend.allocate_kv(layout(h.n_text_layer, h.n_text_head, h.n_text_state, h.n_audio_ctx),
                                       capacity.windows));
  PEREGRINE_ASSIGN(s->text_kv,
                   backend.allocate_kv(layout(h.n_text_layer, h.n_text_head, h.n_text_state, h.n_text_ctx),
                                       capacity.sequences));
  // The first convolution's rows are twice as many, but never wider than half of the largest.
  PEREGRINE_TRY(backend.reserve(
      {.rows = std::max(h.n_audio_ctx, capacity.rows),
       .n_in = std::max({kFeedForward * h.n_audio_state, unfolded, kFeedForward * h.n_text_state}),
       .context = std::max(h.n_audio_ctx, h.n_text_ctx),
       .head_group = 1,
       .key_dim = std::max(h.n_audio_state / h.n_audio_head, h.n_text_state / h.n_text_head),
       .value_dim = std::max(h.n_audio_state / h.n_audio_head, h.n_text_state / h.n_text_head)}));
  s->slots_.resize(std::max(capacity.windows, capacity.sequences));
  std::iota(s->slots_.begin(), s->slots_.end(), 0U);
  s->positions.reserve(capacity.rows);
  s->sequences.reserve(capacity.rows);
  s->windows.reserve(capacity.rows);
  return s;
}

}  // namespace peregrine::model
