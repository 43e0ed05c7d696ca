// Synthetic whispers against what is known without them: a file that whisper.cpp's tools made, and the
// loader.
#include "app/synthetic/whisper_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "base/memory_budget.h"
#include "gguf/testing/temp_dir.h"
#include "model/speech/speech_model.h"

namespace peregrine::app::synthetic {
namespace {

using ::testing::HasSubstr;

SpecRequest whisper(const std::string& preset, const std::string& type = {}) {
  SpecRequest request;
  request.preset = preset;
  request.type = type;
  return request;
}

std::vector<std::byte> made_whisper(const SpecRequest& request) {
  const auto spec = resolve_whisper(request);
  EXPECT_TRUE(spec) << spec.error().text();
  return model_bytes(*spec).value();
}

// "name type [shape]" of every tensor.
std::set<std::string> layout(const gguf::WhisperFile& file) {
  std::set<std::string> all;
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    std::string line(tensor.name);
    line += " " + std::string(tensor::traits(tensor.type).name);
    for (const std::uint64_t dim : tensor.shape) line += " " + std::to_string(dim);
    all.insert(line);
  }
  return all;
}

TEST(WhisperModel, HasTheTensorsOfARealFile) {
  const std::string packed = PEREGRINE_SHARED_DIR "/golden/whisper/whisper-80mel-f16.bin.xz";
  std::FILE* pipe = ::popen(("xz -dc '" + packed + "' 2>/dev/null").c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::vector<std::byte> bytes;
  std::array<std::byte, 65536> part;
  for (std::size_t n; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    bytes.insert(bytes.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(n));
  if (::pclose(pipe) != 0) GTEST_SKIP() << "needs golden/whisper of the shared folder, and xz";
  const auto real = gguf::WhisperFile::parse(bytes);
  ASSERT_TRUE(real) << real.error().text();
  const std::vector<std::byte> own_bytes = made_whisper(whisper("whisper-micro"));
  const auto own = gguf::WhisperFile::parse(own_bytes);
  ASSERT_TRUE(own) << own.error().text();
  EXPECT_EQ(layout(*own), layout(*real));
  EXPECT_EQ(own->tokens().size(), real->tokens().size());
  EXPECT_EQ(own->hparams().n_vocab, real->hparams().n_vocab);
  EXPECT_EQ(own->hparams().ftype, real->hparams().ftype);
  double worst = 0;
  for (std::size_t i = 0; i < own->mel_filters().size(); ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(own->mel_filters()[i]) -
                                     static_cast<double>(real->mel_filters()[i])));
  }
  EXPECT_LT(worst, 1e-6);
}

class WhisperModelOfType : public ::testing::TestWithParam<const char*> {};

TEST_P(WhisperModelOfType, LoadsAndRuns) {
  const std::vector<std::byte> bytes = made_whisper(whisper("whisper-micro", GetParam()));
  const auto file = gguf::WhisperFile::parse(bytes);
  ASSERT_TRUE(file) << file.error().text();
  base::MemoryBudget budget(std::uint64_t{256} << 20);
  const auto backend = backend::make_cpu_backend({.threads = 2, .isa = {}}, budget);
  const auto model = model::load_speech_model(*file, *backend);
  ASSERT_TRUE(model) << model.error().text();
  const model::SpeechModelInfo& info = (*model)->info();
  const auto state = (*model)->make_state({});
  ASSERT_TRUE(state) << state.error().text();
  const std::vector<float> mel(std::size_t{info.n_mels} * info.mel_frames, 0.25F);
  const std::uint32_t zero = 0;
  (*model)->encode(mel, {&zero, 1}, **state);
  const model::TokenId token = 50258;
  const model::TextSlice slice{.n_rows = 1};
  std::vector<float> logits(info.n_vocab);
  (*model)->decode({{&token, 1}, {&slice, 1}, {&zero, 1}}, **state, logits);
  double squares = 0;
  for (const float logit : logits) squares += static_cast<double>(logit) * static_cast<double>(logit);
  const double deviation = std::sqrt(squares / static_cast<double>(logits.size()));
  EXPECT_GT(deviation, 0.2);  // neither dead nor wild
  EXPECT_LT(deviation, 5.0);
}

INSTANTIATE_TEST_SUITE_P(, WhisperModelOfType,
                         ::testing::Values("f32", "F16", "q8_0", "Q5_0", "Q5_1", "Q4_0"));

TEST(WhisperModel, SameSeedSameBytes) {
  SpecRequest request = whisper("whisper-micro", "Q5_1");
  const std::vector<std::byte> bytes = made_whisper(request);
  EXPECT_EQ(made_whisper(request), bytes);
  const gguf::testing::TempDir folder;
  ASSERT_TRUE(
      write_model(*resolve_whisper(request), folder.path() / "w.bin", [](std::uint64_t, std::uint64_t) {}));
  EXPECT_EQ(std::filesystem::file_size(folder.path() / "w.bin"), bytes.size());
  request.seed = 1;
  EXPECT_NE(made_whisper(request), bytes);
}

TEST(WhisperModel, KnowsThePublishedShapes) {
  const auto turbo = resolve_whisper(whisper("whisper-large-v3-turbo"));
  ASSERT_TRUE(turbo);
  // 809 million, of which the encoder's positions are not trained.
  EXPECT_NEAR(static_cast<double>(total_elements(plan_tensors(*turbo))), 809e6, 1e6);
  const auto base = resolve_whisper(whisper("whisper-base"));
  ASSERT_TRUE(base);
  EXPECT_NEAR(static_cast<double>(total_elements(plan_tensors(*base))), 74e6, 1.5e6);
  EXPECT_EQ(resolve_whisper(whisper("whisper-tiny.en"))->hparams.n_vocab, 51864U);
}

TEST(WhisperModel, RefusesWhatThereIsNot) {
  SpecRequest sized = whisper("whisper-base");
  sized.sizes[0] = 3;
  EXPECT_EQ(resolve_whisper(sized).error().where, "--layers");
  SpecRequest other = whisper("whisper-base");
  other.architecture = "llama";
  EXPECT_EQ(resolve_whisper(other).error().where, "--architecture");
  const auto type = resolve_whisper(whisper("whisper-base", "Q4_K_M"));
  EXPECT_EQ(type.error().where, "--type");
  EXPECT_THAT(type.error().message, HasSubstr("F32, F16, Q8_0, Q5_0, Q5_1, Q4_0"));
  EXPECT_THAT(resolve_whisper(whisper("whisper-huge")).error().message, HasSubstr("whisper-large-v3-turbo"));
}

}  // namespace
}  // namespace peregrine::app::synthetic
