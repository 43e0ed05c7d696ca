// Whisper files that hold together as containers and lie as models; and what loading promises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "base/rng.h"
#include "gguf/testing/raw_whisper.h"
#include "model/speech/speech_model.h"
#include "tensor/codec.h"

namespace peregrine::model {
namespace {

using gguf::testing::RawWhisper;
using gguf::testing::RawWhisperTensor;
using ::testing::HasSubstr;

constexpr std::uint32_t kWidth = 32;
constexpr std::uint32_t kMels = 3;
constexpr std::uint32_t kAudioContext = 20;
constexpr std::uint32_t kTextContext = 9;
constexpr std::uint32_t kVocabulary = 11;

// A model of one layer each, in F32, written down tensor by tensor.
class TinyWhisper {
 public:
  TinyWhisper() {
    raw.figures = {kVocabulary, kAudioContext, kWidth, 2, 1, kTextContext, kWidth, 2, 1, kMels, 0};
    raw.filter_rows = kMels;
    raw.filters.assign(std::size_t{kMels} * 201 * sizeof(float), '\0');
    raw.tensors.clear();
    add("encoder.positional_embedding", {kWidth, kAudioContext});
    convolution("encoder.conv1", kMels);
    convolution("encoder.conv2", kWidth);
    norm("encoder.ln_post");
    feed_forward("encoder.blocks.0.");
    attention("encoder.blocks.0.attn");
    add("decoder.positional_embedding", {kWidth, kTextContext});
    add("decoder.token_embedding.weight", {kWidth, kVocabulary});
    norm("decoder.ln");
    feed_forward("decoder.blocks.0.");
    attention("decoder.blocks.0.attn");
    attention("decoder.blocks.0.cross_attn");
  }

  RawWhisperTensor& tensor(const std::string& name) {
    return *std::ranges::find(raw.tensors, name, &RawWhisperTensor::name);
  }
  void add(const std::string& name, const std::vector<std::uint32_t>& dims) {
    std::size_t n = 1;
    for (const std::uint32_t dim : dims) n *= dim;
    std::string data;
    for (std::size_t i = 0; i < n; ++i) data += gguf::testing::le(static_cast<float>(rng_.uniform()) - 0.5F);
    raw.tensors.push_back({name, dims, 0, data});
  }

  RawWhisper raw;

 private:
  void norm(const std::string& name) {
    add(name + ".weight", {kWidth});
    add(name + ".bias", {kWidth});
  }
  void convolution(const std::string& name, std::uint32_t n_in) {
    add(name + ".weight", {3, n_in, kWidth});
    add(name + ".bias", {1, kWidth});
  }
  void linear(const std::string& name, std::uint32_t n_in, std::uint32_t n_out) {
    add(name + ".weight", {n_in, n_out});
    add(name + ".bias", {n_out});
  }
  void feed_forward(const std::string& prefix) {
    norm(prefix + "mlp_ln");
    linear(prefix + "mlp.0", kWidth, 4 * kWidth);
    linear(prefix + "mlp.2", 4 * kWidth, kWidth);
  }
  void attention(const std::string& name) {
    norm(name + "_ln");
    linear(name + ".query", kWidth, kWidth);
    add(name + ".key.weight", {kWidth, kWidth});
    linear(name + ".value", kWidth, kWidth);
    linear(name + ".out", kWidth, kWidth);
  }

  base::Rng rng_{1};
};

// Loads, encodes a window and decodes two tokens of it.
Result<std::vector<float>> run(const RawWhisper& raw, std::uint64_t memory = std::uint64_t{16} << 20) {
  const std::string image = raw.encode();
  PEREGRINE_ASSIGN(const gguf::WhisperFile file, gguf::WhisperFile::parse(std::as_bytes(std::span(image))));
  base::MemoryBudget budget(memory);
  const auto backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
  PEREGRINE_ASSIGN(const auto model, load_speech_model(file, *backend));
  PEREGRINE_ASSIGN(const auto state, model->make_state({.rows = 2, .output_rows = 2}));
  const SpeechModelInfo& info = model->info();
  const std::vector<float> mel(std::size_t{info.n_mels} * info.mel_frames, 0.5F);
  const std::uint32_t zero = 0;
  model->encode(mel, {&zero, 1}, *state);
  const std::vector<TokenId> tokens = {0, static_cast<TokenId>(info.n_vocab - 1)};
  const std::vector<std::uint32_t> rows = {0, 1};
  const TextSlice slice{.n_rows = 2};
  std::vector<float> logits(std::size_t{2} * info.n_vocab);
  model->decode({tokens, {&slice, 1}, rows}, *state, logits);
  return logits;
}

TEST(WhisperLoad, RunsWhatHoldsTogether) {
  const auto logits = run(TinyWhisper().raw);
  ASSERT_TRUE(logits) << logits.error().text();
  for (const float logit : *logits) EXPECT_TRUE(std::isfinite(logit));
  EXPECT_NE((*logits)[0], (*logits)[kVocabulary]);
}

struct Lie {
  const char* name;
  std::function<void(TinyWhisper&)> mutate;
  const char* where;
  const char* fragment;
  ErrorCode code = ErrorCode::kCorrupt;
};
void PrintTo(const Lie& lie, std::ostream* out) {
  *out << lie.name;
}

std::function<void(TinyWhisper&)> drop(const char* name) {
  return [=](TinyWhisper& w) {
    std::erase_if(w.raw.tensors, [&](const RawWhisperTensor& t) { return t.name == name; });
  };
}
std::function<void(TinyWhisper&)> reshape(const char* name, std::vector<std::uint32_t> dims) {
  return [=](TinyWhisper& w) {
    const auto place = std::ranges::find(w.raw.tensors, std::string(name), &RawWhisperTensor::name);
    const auto index = place - w.raw.tensors.begin();
    w.add(name, dims);
    std::swap(w.raw.tensors[static_cast<std::size_t>(index)], w.raw.tensors.back());
    w.raw.tensors.pop_back();
  };
}
std::function<void(TinyWhisper&)> figure(std::size_t index, std::uint32_t value) {
  return [=](TinyWhisper& w) { w.raw.figures[index] = value; };
}

std::vector<Lie> lies() {
  constexpr auto kAbsent = ErrorCode::kNotFound;
  return {
      {"NoTensors", [](TinyWhisper& w) { w.raw.tensors.clear(); }, "encoder.conv1.weight", "no such tensor",
       kAbsent},
      {"NoPositions", drop("encoder.positional_embedding"), "encoder.positional_embedding", "no such",
       kAbsent},
      {"NoQuery", drop("encoder.blocks.0.attn.query.weight"), "encoder.blocks.0.attn.query.weight", "no such",
       kAbsent},
      {"NoQueryBias", drop("decoder.blocks.0.attn.query.bias"), "decoder.blocks.0.attn.query.bias", "no such",
       kAbsent},
      {"NoCross", drop("decoder.blocks.0.cross_attn.key.weight"), "decoder.blocks.0.cross_attn.key.weight",
       "no such", kAbsent},
      {"NoConvBias", drop("encoder.conv2.bias"), "encoder.conv2.bias", "no such", kAbsent},
      {"ConvolutionOfFiveTaps", reshape("encoder.conv1.weight", {5, kMels, kWidth}), "encoder.conv1.weight",
       "expected [3, 3, 32]"},
      {"ConvolutionTransposed", reshape("encoder.conv1.weight", {3, kWidth, kMels}), "encoder.conv1.weight",
       "expected [3, 3, 32]"},
      {"ShortPositions", reshape("encoder.positional_embedding", {kWidth, 19}),
       "encoder.positional_embedding", "expected [32, 20]"},
      {"ShortVocabulary", reshape("decoder.token_embedding.weight", {kWidth, 10}),
       "decoder.token_embedding.weight", "expected [32, 11]"},
      {"FlatFeedForward", reshape("encoder.blocks.0.mlp.0.weight", {kWidth, kWidth}),
       "encoder.blocks.0.mlp.0.weight", "expected [32, 128]"},
      {"LongBias", reshape("encoder.ln_post.bias", {33}), "encoder.ln_post.bias", "expected [32]"},
      {"KeyBias", [](TinyWhisper& w) { w.add("encoder.blocks.0.attn.key.bias", {kWidth}); },
       "encoder.blocks.0.attn.key.bias", "no such tensor", ErrorCode::kUnsupported},
      {"MoreLayers", figure(8, 2), "decoder.blocks.1.attn_ln.weight", "no such", kAbsent},
      {"FewerLayers", [](TinyWhisper& w) { w.add("encoder.blocks.1.mlp_ln.weight", {kWidth}); },
       "encoder.blocks.1.mlp_ln.weight", "no such tensor", ErrorCode::kUnsupported},
      {"HeadsDoNotDivide", figure(3, 3), "n_audio_head", "do not divide"},
      {"TextHeadsDoNotDivide", figure(7, 5), "n_text_head", "do not divide"},
      {"StatesDiffer", figure(6, 64), "n_text_state", "must be alike", ErrorCode::kUnsupported},
      {"ContextDiffers", figure(5, 10), "decoder.positional_embedding", "expected [32, 10]"},
  };
}

class WhisperThatLies : public ::testing::TestWithParam<Lie> {};

TEST_P(WhisperThatLies, IsRefused) {
  TinyWhisper whisper;
  GetParam().mutate(whisper);
  const auto result = run(whisper.raw);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, GetParam().code) << result.error().text();
  EXPECT_EQ(result.error().where, GetParam().where);
  EXPECT_THAT(result.error().message, HasSubstr(GetParam().fragment));
}

INSTANTIATE_TEST_SUITE_P(, WhisperThatLies, ::testing::ValuesIn(lies()),
                         [](const auto& param) { return param.param.name; });

TEST(WhisperLoad, AsksForMemoryBeforeItTakesIt) {
  for (std::uint64_t memory = 1024; memory < (std::uint64_t{1} << 22); memory *= 2) {
    const auto result = run(TinyWhisper().raw, memory);
    if (!result) {
      EXPECT_EQ(result.error().code, ErrorCode::kResourceExhausted) << memory;
    }
  }
  EXPECT_FALSE(run(TinyWhisper().raw, 65536));
}

// Numbers that are none go through, and come out as such.
TEST(WhisperLoad, DoesNotTrustTheValues) {
  for (const std::uint32_t bits : {0x7F800000U, 0x7FC00000U, 0xFF7FFFFFU}) {
    for (const char* name :
         {"encoder.blocks.0.attn.key.weight", "encoder.conv1.weight", "encoder.ln_post.bias",
          "decoder.token_embedding.weight", "decoder.positional_embedding"}) {
      TinyWhisper whisper;
      whisper.tensor(name).data.replace(0, 4, gguf::testing::le(bits));
      EXPECT_TRUE(run(whisper.raw)) << name;
    }
  }
}

TEST(WhisperLoad, StatesHoldSomething) {
  const std::string image = TinyWhisper().raw.encode();
  const auto file = gguf::WhisperFile::parse(std::as_bytes(std::span(image)));
  base::MemoryBudget budget(std::uint64_t{16} << 20);
  const auto backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
  const auto model = load_speech_model(*file, *backend).value();
  for (const SpeechCapacity& capacity : {SpeechCapacity{.windows = 0}, SpeechCapacity{.sequences = 0},
                                         SpeechCapacity{.rows = 0}, SpeechCapacity{.output_rows = 0}}) {
    const auto state = model->make_state(capacity);
    ASSERT_FALSE(state);
    EXPECT_EQ(state.error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_EQ(model->make_state({.windows = UINT32_MAX}).error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(model->make_state({.sequences = UINT32_MAX}).error().code, ErrorCode::kResourceExhausted);
}

// Keys and values in F16, a key and a value per layer and element of the state, tokens by sixteen.
TEST(WhisperLoad, AStateReservesItsSlotsAndNoMore) {
  const std::string image = TinyWhisper().raw.encode();
  const auto file = gguf::WhisperFile::parse(std::as_bytes(std::span(image)));
  base::MemoryBudget budget(std::uint64_t{16} << 20);
  const auto backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
  const auto model = load_speech_model(*file, *backend).value();
  constexpr std::uint64_t kTokenBytes = 2 * kWidth * 2;  // of a layer; there is one
  constexpr std::uint64_t kWindowTokens = 32;
  constexpr std::uint64_t kTextTokens = 16;
  for (const std::uint32_t windows : {1U, 5U}) {
    for (const std::uint32_t sequences : {1U, 7U}) {
      const auto state = model->make_state({.windows = windows, .sequences = sequences}).value();
      // The encoder has one of its own.
      EXPECT_EQ(budget.used(base::MemoryKind::kKvCache),
                kTokenBytes * ((windows + 1) * kWindowTokens + sequences * kTextTokens));
    }
  }
  EXPECT_EQ(budget.used(base::MemoryKind::kKvCache), 0U);
}

// What layers and convolutions have done with is used again: nothing may depend on what stood there.
TEST(WhisperLoad, AUsedStateGivesWhatAFreshOneGives) {
  const std::string image = TinyWhisper().raw.encode();
  const auto file = gguf::WhisperFile::parse(std::as_bytes(std::span(image)));
  base::MemoryBudget budget(std::uint64_t{16} << 20);
  const auto backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
  const auto model = load_speech_model(*file, *backend).value();
  const SpeechModelInfo& info = model->info();
  const auto state = model->make_state({.windows = 2, .rows = 3, .output_rows = 3}).value();
  const auto answer = [&](SpeechState& in, float loudness, std::uint32_t window) {
    std::vector<float> mel(std::size_t{info.n_mels} * info.mel_frames);
    for (std::size_t i = 0; i < mel.size(); ++i) mel[i] = loudness * static_cast<float>(i % 7);
    model->encode(mel, {&window, 1}, in);
    const std::vector<TokenId> tokens = {1, 4, 9};
    const std::vector<std::uint32_t> rows = {0, 1, 2};
    const TextSlice slice{.n_rows = 3, .window = window};
    std::vector<float> logits(rows.size() * info.n_vocab);
    model->decode({tokens, {&slice, 1}, rows}, in, logits);
    return logits;
  };
  const std::vector<float> first = answer(*state, 0.3F, 0);
  const std::vector<float> other = answer(*state, -0.7F, 1);
  EXPECT_NE(first, other);
  EXPECT_EQ(answer(*state, 0.3F, 0), first);
  const auto fresh = model->make_state({.windows = 2, .rows = 3, .output_rows = 3}).value();
  EXPECT_EQ(answer(*fresh, -0.7F, 1), other);
}

}  // namespace
}  // namespace peregrine::model
