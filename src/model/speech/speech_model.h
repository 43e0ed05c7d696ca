// A loaded speech model: an encoder of windows of sound, and a decoder of text that attends to them.
//
// Immutable after loading; what encoding and decoding write lives in a SpeechState: windows that were encoded
// (the decoder's keys and values of them, computed once) and sequences of text (their keys and values), both
// in slots. Results of a window or row depend on it alone, never on what else is in the call.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "backend/backend.h"
#include "base/result.h"
#include "model/model.h"

namespace peregrine::gguf {
class WhisperFile;
}

namespace peregrine::model {

// An attention head of the decoder whose weights follow the sound.
struct AlignmentHead {
  std::uint32_t layer = 0;
  std::uint32_t head = 0;
};

struct SpeechModelInfo {
  std::string name;  // by its shape: "large-v3-turbo"; or empty
  std::uint32_t n_vocab = 0;
  std::uint32_t n_mels = 0;
  std::uint32_t mel_frames = 0;       // of a window, 10 ms each: twice the audio positions
  std::uint32_t audio_positions = 0;  // of an encoded window, 20 ms each
  std::uint32_t text_context = 0;     // most tokens of a sequence
  std::uint64_t n_parameters = 0;
  std::uint64_t weight_bytes = 0;
  std::vector<AlignmentHead> alignment_heads;  // at least one
};

struct SpeechCapacity {
  std::uint32_t windows = 1;       // slots of encoded windows
  std::uint32_t sequences = 1;     // slots of sequences, each of text_context tokens
  std::uint32_t encode_batch = 1;  // windows of one encode()
  std::uint32_t rows = 1;          // of one decode()
  std::uint32_t output_rows = 1;   // of one decode()
  std::uint32_t aligned_rows = 0;  // of one decode() with alignment
};

// Not shared between threads.
class SpeechState {
 public:
  virtual ~SpeechState() = default;
};

// Consecutive rows of a decoder's step that continue one sequence: tokens start ... start + n_rows - 1.
struct TextSlice {
  std::uint32_t first_row = 0;
  std::uint32_t n_rows = 0;
  std::uint32_t start = 0;     // earlier tokens stand in the slot
  std::uint32_t sequence = 0;  // slot
  std::uint32_t window = 0;    // slot it listens to
};

struct TextStep {
  std::span<const TokenId> tokens;  // one per row, grouped by slice without gaps
  std::span<const TextSlice> slices;
  std::span<const std::uint32_t> output_rows;  // rows whose logits are wanted, ascending
};

class SpeechModel {
 public:
  virtual ~SpeechModel() = default;
  virtual const SpeechModelInfo& info() const = 0;
  virtual backend::Backend& backend() const = 0;

  // Memory, reserved in the backend's budget. Errors: kResourceExhausted.
  virtual Result<std::unique_ptr<SpeechState>> make_state(const SpeechCapacity& capacity) const = 0;

  // Encodes windows.size() windows; `mels` is [windows, n_mels, mel_frames]. Window i goes to slot
  // windows[i].
  virtual void encode(std::span<const float> mels, std::span<const std::uint32_t> windows,
                      SpeechState& state) const = 0;

  // Writes logits [output_rows.size(), n_vocab]. `alignment`, unless empty: the alignment heads' attention
  // to the sound, after softmax, [alignment_heads, rows, audio_positions].
  virtual void decode(const TextStep& step, SpeechState& state, std::span<float> logits,
                      std::span<float> alignment = {}) const = 0;

  // The first n_tokens of sequence `from` become those of `to`.
  virtual void copy_sequence(SpeechState& state, std::uint32_t from, std::uint32_t to,
                             std::uint32_t n_tokens) const = 0;
};

// How the encoder's matrices of F32 and F16 are kept; others stay as the file has them.
enum class EncoderWeights : std::uint8_t {
  kAsStored,  // multiplied as floats
  kInt16,     // as words of fourteen bits, and activations too: faster, and within the rounding of F16
  kInt8,      // as Q8_0, with activations in eight bits: faster still, and rounded as in a quantised file
};

struct SpeechModelOptions {
  EncoderWeights encoder = EncoderWeights::kInt16;
  Weights weights = Weights::kRead;
};

// Loads the model in `file`, which must outlive it. Errors name the figure or tensor.
Result<std::unique_ptr<SpeechModel>> load_speech_model(const gguf::WhisperFile& file,
                                                       backend::Backend& backend,
                                                       const SpeechModelOptions& options = {});

}  // namespace peregrine::model
