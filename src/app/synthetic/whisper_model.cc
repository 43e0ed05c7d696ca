#include "app/synthetic/whisper_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "app/synthetic/random_weights.h"
#include "app/synthetic/vocabulary.h"
#include "base/atomic_file.h"
#include "gguf/tensor_types.h"
#include "gguf/whisper_format.h"
#include "sound/mel/log_mel.h"

namespace peregrine::app::synthetic {
namespace {

using tensor::DType;

constexpr std::uint32_t kAudioContext = 1500;
constexpr std::uint32_t kTextContext = 448;
constexpr std::uint32_t kEnglish = 51864;
constexpr std::uint32_t kMultilingual = 51865;
constexpr std::uint32_t kWithCantonese = 51866;
constexpr std::uint32_t kTextTokens = 50257;  // what files spell out; special tokens follow
constexpr std::uint32_t kBytes = 256;

constexpr float kNormDeviation = 0.05F;
constexpr float kBiasDeviation = 0.1F;

struct WhisperPreset {
  std::string_view name;
  std::uint32_t state;
  std::uint32_t heads;
  std::uint32_t audio_layers;
  std::uint32_t text_layers;
  std::uint32_t n_mels;
  std::uint32_t n_vocab;
};
constexpr std::array kPresets = {
    WhisperPreset{"whisper-micro", 64, 2, 2, 2, 80, kMultilingual},
    WhisperPreset{"whisper-tiny.en", 384, 6, 4, 4, 80, kEnglish},
    WhisperPreset{"whisper-tiny", 384, 6, 4, 4, 80, kMultilingual},
    WhisperPreset{"whisper-base.en", 512, 8, 6, 6, 80, kEnglish},
    WhisperPreset{"whisper-base", 512, 8, 6, 6, 80, kMultilingual},
    WhisperPreset{"whisper-small", 768, 12, 12, 12, 80, kMultilingual},
    WhisperPreset{"whisper-medium", 1024, 16, 24, 24, 80, kMultilingual},
    WhisperPreset{"whisper-large-v2", 1280, 20, 32, 32, 80, kMultilingual},
    WhisperPreset{"whisper-large-v3", 1280, 20, 32, 32, 128, kWithCantonese},
    WhisperPreset{"whisper-large-v3-turbo", 1280, 20, 32, 4, 128, kWithCantonese},
};

// The header's number for files whose matrices are of a type; quantised ones say so with 2000 more.
struct FileType {
  std::string_view name;
  DType type;
  std::uint32_t number;
};
constexpr std::array kFileTypes = {
    FileType{"F32", DType::kF32, 0},      FileType{"F16", DType::kF16, 1},
    FileType{"Q8_0", DType::kQ8_0, 2007}, FileType{"Q5_0", DType::kQ5_0, 2008},
    FileType{"Q5_1", DType::kQ5_1, 2009}, FileType{"Q4_0", DType::kQ4_0, 2002},
};

template <class Range>
std::vector<std::string_view> names_of(const Range& range) {
  std::vector<std::string_view> names;
  names.reserve(range.size());
  for (const auto& one : range) names.push_back(one.name);
  return names;
}

class Planner {
 public:
  explicit Planner(const WhisperSpec& spec) : spec_(spec), h_(spec.hparams) {}

  std::vector<PlannedTensor> plan() {
    const std::uint64_t width = h_.n_audio_state;
    add("encoder.positional_embedding", {width, h_.n_audio_ctx}, DType::kF32, 0.0F, unit(width));
    convolution("encoder.conv1", h_.n_mels, width);
    convolution("encoder.conv2", width, width);
    norm("encoder.ln_post", width);
    for (std::uint32_t i = 0; i < h_.n_audio_layer; ++i) {
      const std::string prefix = fmt::format("encoder.blocks.{}.", i);
      feed_forward(prefix, width);
      attention(prefix + "attn", width);
    }
    add("decoder.positional_embedding", {width, h_.n_text_ctx}, DType::kF32, 0.0F, unit(width));
    matrix("decoder.token_embedding.weight", width, h_.n_vocab);
    norm("decoder.ln", width);
    for (std::uint32_t i = 0; i < h_.n_text_layer; ++i) {
      const std::string prefix = fmt::format("decoder.blocks.{}.", i);
      feed_forward(prefix, width);
      attention(prefix + "attn", width);
      attention(prefix + "cross_attn", width);
    }
    return std::move(tensors_);
  }

 private:
  void feed_forward(const std::string& prefix, std::uint64_t width) {
    norm(prefix + "mlp_ln", width);
    linear(prefix + "mlp.0", width, 4 * width);
    linear(prefix + "mlp.2", 4 * width, width);
  }
  void attention(const std::string& name, std::uint64_t width) {
    norm(name + "_ln", width);
    linear(name + ".query", width, width);
    matrix(name + ".key.weight", width, width);
    linear(name + ".value", width, width);
    linear(name + ".out", width, width);
  }
  void linear(const std::string& name, std::uint64_t n_in, std::uint64_t n_out) {
    matrix(name + ".weight", n_in, n_out);
    add(name + ".bias", {n_out}, DType::kF32, 0.0F, kBiasDeviation);
  }
  void matrix(std::string name, std::uint64_t n_in, std::uint64_t n_out) {
    add(std::move(name), {n_in, n_out}, spec_.type, 0.0F, unit(n_in));
  }
  void convolution(const std::string& name, std::uint64_t n_in, std::uint64_t n_out) {
    add(name + ".weight", {3, n_in, n_out}, spec_.type == DType::kF32 ? DType::kF32 : DType::kF16, 0.0F,
        unit(3 * n_in));
    add(name + ".bias", {1, n_out}, DType::kF32, 0.0F, kBiasDeviation);
  }
  void norm(const std::string& name, std::uint64_t n) {
    add(name + ".weight", {n}, DType::kF32, 1.0F, kNormDeviation);
    add(name + ".bias", {n}, DType::kF32, 0.0F, kBiasDeviation);
  }
  void add(std::string name, const gguf::Shape& shape, DType type, float mean, float deviation) {
    tensors_.push_back({std::move(name), shape, type, mean, deviation});
  }
  static float unit(std::uint64_t n_in) { return 1.0F / std::sqrt(static_cast<float>(n_in)); }

  const WhisperSpec& spec_;
  const gguf::WhisperHparams& h_;
  std::vector<PlannedTensor> tensors_;
};

class Bytes {
 public:
  void u32(std::uint64_t value) {
    const auto word = static_cast<std::uint32_t>(value);
    put(std::as_bytes(std::span(&word, 1)));
  }
  void text(std::string_view text) { put(std::as_bytes(std::span(text))); }
  void put(std::span<const std::byte> bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

  std::vector<std::byte> out;
};

// Bytes, then words, then an empty token: as many as real files have, each as long as its text.
std::string token_text(std::uint32_t id) {
  if (id < kBytes) return std::string(1, static_cast<char>(id));
  return id == kTextTokens - 1 ? std::string() : made_up_word(id - kBytes);
}

std::vector<std::byte> head_of(const WhisperSpec& spec) {
  Bytes bytes;
  bytes.u32(gguf::kWhisperMagic);
  for (const gguf::WhisperFigure& figure : gguf::kWhisperFigures) bytes.u32(spec.hparams.*figure.member);
  bytes.u32(spec.hparams.n_mels);
  bytes.u32(gguf::kWhisperMelWidth);
  const std::vector<float> filters = sound::slaney_mel_filters(spec.hparams.n_mels);
  bytes.put(std::as_bytes(std::span(filters)));
  bytes.u32(kTextTokens);
  for (std::uint32_t id = 0; id < kTextTokens; ++id) {
    const std::string text = token_text(id);
    bytes.u32(text.size());
    bytes.text(text);
  }
  return std::move(bytes.out);
}

std::vector<std::byte> tensor_head(const PlannedTensor& tensor) {
  Bytes bytes;
  bytes.u32(tensor.shape.size());
  bytes.u32(tensor.name.size());
  bytes.u32(gguf::tensor_type_id(tensor.type));
  for (const std::uint64_t dim : tensor.shape) bytes.u32(dim);
  bytes.text(tensor.name);
  return std::move(bytes.out);
}

Status emit(const WhisperSpec& spec, const std::vector<PlannedTensor>& tensors, base::ByteSink sink,
            Progress progress) {
  PEREGRINE_TRY(sink(head_of(spec)));
  const std::uint64_t total = total_bytes(tensors);
  std::uint64_t done = 0;
  RandomWeights weights(spec.seed);
  const auto counted = [&](std::span<const std::byte> bytes) -> Status {
    PEREGRINE_TRY(sink(bytes));
    done += bytes.size();
    progress(done, total);
    return {};
  };
  for (const PlannedTensor& tensor : tensors) {
    PEREGRINE_TRY(sink(tensor_head(tensor)));
    PEREGRINE_TRY(weights.emit(tensor, counted));
  }
  return {};
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

}  // namespace

std::vector<std::string_view> whisper_presets() {
  return names_of(kPresets);
}

bool is_whisper_preset(std::string_view preset) {
  return preset.starts_with("whisper");
}

Result<WhisperSpec> resolve_whisper(const SpecRequest& request) {
  const auto preset = std::ranges::find(kPresets, request.preset, &WhisperPreset::name);
  if (preset == kPresets.end()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("there is no preset '{}'; of whisper there are {}", request.preset,
                            fmt::join(whisper_presets(), ", ")),
                "--preset");
  }
  if (!request.architecture.empty() && request.architecture != "whisper") {
    return fail(ErrorCode::kInvalidArgument, fmt::format("the preset {} is of whisper", preset->name),
                "--architecture");
  }
  for (std::size_t i = 0; i < kSizeOptions; ++i) {
    if (!request.sizes[i]) continue;
    return fail(ErrorCode::kInvalidArgument, "whisper's presets have sizes of their own",
                std::string(size_options()[i].flag));
  }
  const auto type =
      std::ranges::find(kFileTypes, request.type.empty() ? "F16" : upper(request.type), &FileType::name);
  if (type == kFileTypes.end()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("there is no type '{}' for whisper; there are {}", request.type,
                            fmt::join(names_of(kFileTypes), ", ")),
                "--type");
  }
  return WhisperSpec{.name = fmt::format("synthetic {}", preset->name),
                     .hparams = {.n_vocab = preset->n_vocab,
                                 .n_audio_ctx = kAudioContext,
                                 .n_audio_state = preset->state,
                                 .n_audio_head = preset->heads,
                                 .n_audio_layer = preset->audio_layers,
                                 .n_text_ctx = kTextContext,
                                 .n_text_state = preset->state,
                                 .n_text_head = preset->heads,
                                 .n_text_layer = preset->text_layers,
                                 .n_mels = preset->n_mels,
                                 .ftype = type->number},
                     .type = type->type,
                     .seed = request.seed};
}

std::vector<PlannedTensor> plan_tensors(const WhisperSpec& spec) {
  return Planner(spec).plan();
}

Status write_model(const WhisperSpec& spec, const std::filesystem::path& path, Progress progress) {
  const std::vector<PlannedTensor> tensors = plan_tensors(spec);
  PEREGRINE_TRY(check_space(path, total_bytes(tensors)));
  return base::write_file_atomically(
      path, [&](base::ByteSink sink) { return emit(spec, tensors, sink, progress); });
}

Result<std::vector<std::byte>> model_bytes(const WhisperSpec& spec) {
  std::vector<std::byte> out;
  const auto append = [&out](std::span<const std::byte> bytes) -> Status {
    out.insert(out.end(), bytes.begin(), bytes.end());
    return {};
  };
  PEREGRINE_TRY(emit(spec, plan_tensors(spec), append, [](std::uint64_t, std::uint64_t) {}));
  return out;
}

}  // namespace peregrine::app::synthetic
