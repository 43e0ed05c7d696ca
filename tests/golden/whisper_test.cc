// Tiny random whispers against a reference implementation, per instruction set, however they are fed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/table.h"
#include "model/arch/whisper.h"
#include "tests/golden/whisper_harness.h"

namespace peregrine::golden {
namespace {

constexpr const char* kModels[] = {"whisper-80mel-f16", "whisper-128mel-q5_0"};

struct Case {
  std::string model;
  std::string isa;

  friend void PrintTo(const Case& c, std::ostream* out) { *out << c.model << ", " << c.isa; }
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* model : kModels) {
    for (const kernels::KernelTable* table : kernels::available_kernels())
      all.push_back({model, std::string(table->isa)});
  }
  return all;
}

// What a golden file gives, made once for all tests of it.
struct Material {
  SpeechGolden golden;
  std::vector<std::byte> bytes;
  std::vector<float> mel;
  std::vector<float> other_mel;  // of the sound backwards

  explicit Material(const std::string& name)
      : golden(read_speech_golden(name)), bytes(speech_model_bytes(name)) {
    const auto file = gguf::WhisperFile::parse(bytes);
    if (!file) throw std::runtime_error(file.error().text());
    const std::uint32_t frames = 2 * file->hparams().n_audio_ctx;
    mel = reference_mel(golden.audio, *file, frames);
    other_mel = reference_mel({golden.audio.rbegin(), golden.audio.rend()}, *file, frames);
  }
};

const Material& material(const std::string& name) {
  static std::map<std::string, std::unique_ptr<Material>> all;
  std::unique_ptr<Material>& one = all[name];
  if (one == nullptr) one = std::make_unique<Material>(name);
  return *one;
}

struct Errors {
  double worst = 0;
  double squares = 0;
  std::size_t n = 0;

  void add(double found, double expected) {
    worst = std::max(worst, std::abs(found - expected));
    squares += (found - expected) * (found - expected);
    ++n;
  }
  double rms() const { return std::sqrt(squares / static_cast<double>(n)); }
};

// Of what the state encoded last, from the known values.
Errors encoder_errors(const SpeechHarness& harness, const SpeechGolden& golden,
                      const model::SpeechState& state) {
  const std::vector<float> encoding = model::last_encoding(state);
  const std::size_t width = harness.file().hparams().n_audio_state;
  Errors errors;
  for (const EncoderSample& sample : golden.encoder) {
    errors.add(static_cast<double>(encoding[sample.frame * width + sample.channel]),
               static_cast<double>(sample.truth));
  }
  return errors;
}

class WhisperParity : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const std::string& name = GetParam().model;
    if (!has_speech_golden(name)) GTEST_SKIP() << "needs golden/whisper/" << name << " of the shared folder";
    m_ = &material(name);
    harness_ = harness(2);
    if (!is_scalar()) harness_->encode(m_->mel, 0);
  }

  // Plain C++ takes seconds for a window; that its bits are those of the others is enough.
  bool is_scalar() const { return GetParam().isa == "scalar"; }

  std::unique_ptr<SpeechHarness> harness(unsigned threads,
                                         const model::SpeechModelOptions& options = {}) const {
    return std::make_unique<SpeechHarness>(m_->bytes, GetParam().isa, threads, options);
  }

  std::size_t n_vocab() const { return harness_->model().info().n_vocab; }

  // Largest difference and rms of the prefix' logits from the truth, its logsumexps among them.
  Errors logit_errors(const std::vector<float>& logits) const {
    Errors errors;
    for (std::size_t row = 0; row < m_->golden.positions.size(); ++row) {
      const LogitSamples& known = m_->golden.positions[row];
      const float* found = logits.data() + row * n_vocab();
      for (std::size_t i = 0; i < known.indices.size(); ++i)
        errors.add(static_cast<double>(found[known.indices[i]]), static_cast<double>(known.truth[i]));
      double sum = 0;
      for (std::size_t i = 0; i < n_vocab(); ++i) sum += std::exp(static_cast<double>(found[i]));
      errors.add(std::log(sum), known.logsumexp);
    }
    return errors;
  }

  void expect_close(const std::vector<float>& logits) const {
    const Errors errors = logit_errors(logits);
    report("logits", errors);
    EXPECT_LE(errors.worst, static_cast<double>(m_->golden.max_abs));
    EXPECT_LE(errors.rms(), static_cast<double>(m_->golden.rms));
  }

  // Figures for docs/design/speech.md.
  static void report(const std::string& what, const Errors& errors) {
    RecordProperty(what + "_worst", std::to_string(errors.worst));
    RecordProperty(what + "_rms", std::to_string(errors.rms()));
  }

  const Material* m_ = nullptr;
  std::unique_ptr<SpeechHarness> harness_;
};

TEST_P(WhisperParity, MelOfTheReferenceIsTheGoldenOne) {
  if (GetParam().isa != kernels::available_kernels()[0]->isa) GTEST_SKIP() << "no kernels in it";
  const std::uint32_t frames = harness_->model().info().mel_frames;
  for (const MelSample& sample : m_->golden.mel) {
    if (sample.frame >= frames) continue;
    EXPECT_NEAR(m_->mel[sample.bin * frames + sample.frame], sample.value, m_->golden.mel_max_abs);
  }
}

TEST_P(WhisperParity, Encoder) {
  if (is_scalar()) return;
  const Errors errors = encoder_errors(*harness_, m_->golden, harness_->state());
  report("encoder", errors);
  EXPECT_LE(errors.worst, static_cast<double>(m_->golden.encoder_max_abs));
}

TEST_P(WhisperParity, LogitsHoweverFed) {
  if (is_scalar()) return;
  const Tokens& prefix = m_->golden.prefix;
  const std::vector<float> whole = harness_->decode(prefix, 0, 0, 0);
  expect_close(whole);
  // Rows do not depend on how a sequence was cut: the same bits, not merely the same tolerance.
  for (const std::size_t step : {std::size_t{1}, std::size_t{3}}) {
    std::vector<float> parts;
    for (std::size_t at = 0; at < prefix.size(); at += step) {
      const auto first = prefix.begin() + static_cast<std::ptrdiff_t>(at);
      const auto n = static_cast<std::ptrdiff_t>(std::min(step, prefix.size() - at));
      const std::vector<float> part =
          harness_->decode({first, first + n}, static_cast<std::uint32_t>(at), 1, 0);
      parts.insert(parts.end(), part.begin(), part.end());
    }
    EXPECT_EQ(parts, whole) << "in steps of " << step;
  }
}

TEST_P(WhisperParity, GreedyContinuation) {
  if (is_scalar()) return;
  const SpeechGolden& golden = m_->golden;
  std::vector<float> logits = harness_->decode(golden.prefix, 0, 0, 0);
  auto length = static_cast<std::uint32_t>(golden.prefix.size());
  for (std::size_t i = 0; i < golden.greedy.size(); ++i) {
    // Past a step that is closer than the tolerance, a correct engine may differ.
    if (golden.greedy_margin[i] < 2 * golden.max_abs) break;
    const auto last = logits.end() - static_cast<std::ptrdiff_t>(n_vocab());
    const auto best = static_cast<model::TokenId>(std::max_element(last, logits.end()) - last);
    ASSERT_EQ(best, golden.greedy[i]) << "step " << i;
    logits = harness_->decode({best}, length++, 0, 0);
  }
}

// Sequences of two windows in one step, some sharing one: each gets the bits it gets alone.
TEST_P(WhisperParity, SameBitsAmongOthers) {
  if (is_scalar()) return;
  harness_->encode(m_->other_mel, 2);
  const Tokens& prefix = m_->golden.prefix;
  const Tokens few(prefix.begin(), prefix.begin() + 5);
  const std::vector<float> first = harness_->decode(prefix, 0, 0, 0);
  const std::vector<float> second = harness_->decode(few, 0, 1, 2);
  const std::vector<float> third = harness_->decode(few, 0, 2, 0);
  EXPECT_NE(second, third);  // they listen to different windows
  Tokens all = prefix;
  all.insert(all.end(), few.begin(), few.end());
  all.insert(all.end(), few.begin(), few.end());
  const std::vector<float> together =
      harness_->decode(all, {{0, 16, 0, 3, 0}, {16, 5, 0, 5, 0}, {21, 5, 0, 4, 2}});
  std::vector<float> expected = first;
  expected.insert(expected.end(), third.begin(), third.end());
  expected.insert(expected.end(), second.begin(), second.end());
  EXPECT_EQ(together, expected);
}

TEST_P(WhisperParity, WindowsEncodedTogetherAreThoseEncodedAlone) {
  if (is_scalar()) return;
  const std::vector<float> alone = model::last_encoding(harness_->state());
  std::vector<float> mels = m_->other_mel;
  mels.insert(mels.end(), m_->mel.begin(), m_->mel.end());
  const std::vector<float> logits = harness_->decode(m_->golden.prefix, 0, 0, 0);
  const std::vector<std::uint32_t> windows = {2, 1};
  harness_->model().encode(mels, windows, harness_->state());
  EXPECT_EQ(model::last_encoding(harness_->state()), alone);
  EXPECT_EQ(harness_->decode(m_->golden.prefix, 0, 1, 1), logits);
  EXPECT_NE(harness_->decode(m_->golden.prefix, 0, 1, 2), logits);
}

TEST_P(WhisperParity, CopiedSequencesGoOnAsTheirOriginal) {
  if (is_scalar()) return;
  const Tokens& prefix = m_->golden.prefix;
  const Tokens next = {prefix[7], prefix[3]};
  harness_->decode(prefix, 0, 0, 0);
  harness_->model().copy_sequence(harness_->state(), 0, 6, 9);
  harness_->model().copy_sequence(harness_->state(), 0, 7, 16);
  const std::vector<float> original = harness_->decode(next, 16, 0, 0);
  EXPECT_EQ(harness_->decode(next, 16, 7, 0), original);
  // The first nine, then the others once more.
  harness_->decode({prefix.begin() + 9, prefix.end()}, 9, 6, 0);
  EXPECT_EQ(harness_->decode(next, 16, 6, 0), original);
}

TEST_P(WhisperParity, AlignmentIsAttentionToTheWindow) {
  if (is_scalar()) return;
  const model::SpeechModelInfo& info = harness_->model().info();
  ASSERT_FALSE(info.alignment_heads.empty());
  const auto n = static_cast<std::uint32_t>(m_->golden.prefix.size());
  std::vector<float> alignment;
  const std::vector<float> logits = harness_->decode(m_->golden.prefix, {{0, n, 0, 0, 0}}, &alignment);
  EXPECT_EQ(logits, harness_->decode(m_->golden.prefix, 0, 1, 0));  // asking changes nothing
  for (std::size_t row = 0; row < info.alignment_heads.size() * n; ++row) {
    double sum = 0;
    for (std::size_t i = 0; i < info.audio_positions; ++i) {
      const float weight = alignment[row * info.audio_positions + i];
      ASSERT_GE(weight, 0.0F);
      sum += static_cast<double>(weight);
    }
    EXPECT_NEAR(sum, 1.0, 1e-4);
  }
  // The last row by itself.
  std::vector<float> last;
  harness_->decode({m_->golden.prefix.back()}, {{0, 1, n - 1, 1, 0}}, &last);
  for (std::size_t head = 0; head < info.alignment_heads.size(); ++head) {
    const auto at = static_cast<std::ptrdiff_t>((head * n + n - 1) * info.audio_positions);
    const auto first = last.begin() + static_cast<std::ptrdiff_t>(head * info.audio_positions);
    EXPECT_TRUE(std::equal(first, first + info.audio_positions, alignment.begin() + at)) << head;
  }
}

TEST_P(WhisperParity, SameBitsOnAnyNumberOfThreadsAndInstructionSet) {
  SpeechHarness best(m_->bytes, std::string(kernels::available_kernels()[0]->isa), 2);
  best.encode(m_->mel, 0);
  const std::vector<float> encoding = model::last_encoding(best.state());
  const std::vector<float> logits = best.decode(m_->golden.prefix, 0, 0, 0);
  std::vector<float> alignment;
  best.decode({m_->golden.prefix[0]}, {{0, 1, 0, 0, 0}}, &alignment);
  for (const unsigned threads : {1U, 2U, 3U}) {
    if (is_scalar() && threads != 2) continue;
    const auto other = harness(threads);
    other->encode(m_->mel, 0);
    EXPECT_EQ(model::last_encoding(other->state()), encoding) << threads;
    EXPECT_EQ(other->decode(m_->golden.prefix, 0, 0, 0), logits) << threads;
    std::vector<float> same;
    other->decode({m_->golden.prefix[0]}, {{0, 1, 0, 0, 0}}, &same);
    EXPECT_EQ(same, alignment) << threads;
  }
}

// With the floats of the file, unrounded: what the words that they become otherwise are measured against.
TEST_P(WhisperParity, EncoderAsStored) {
  if (is_scalar()) return;
  const auto stored = harness(2, {.encoder = model::EncoderWeights::kAsStored});
  stored->encode(m_->mel, 0);
  const Errors errors = encoder_errors(*stored, m_->golden, stored->state());
  report("encoder", errors);
  EXPECT_LE(errors.worst, static_cast<double>(m_->golden.encoder_max_abs));
  expect_close(stored->decode(m_->golden.prefix, 0, 0, 0));
}

// Eight bits where the file has F16: an option, for it is not within the bounds of exact arithmetic on this
// file. It stays within those of quantised files, which round alike.
TEST_P(WhisperParity, EncoderInEightBits) {
  if (is_scalar() || GetParam().model != kModels[0]) GTEST_SKIP() << "for files of F16";
  const auto rounded = harness(2, {.encoder = model::EncoderWeights::kInt8});
  rounded->encode(m_->mel, 0);
  const Errors errors = encoder_errors(*rounded, m_->golden, rounded->state());
  report("encoder", errors);
  EXPECT_GT(errors.worst, static_cast<double>(m_->golden.encoder_max_abs));
  EXPECT_LE(errors.worst, 0.1);
  const Errors of_logits = logit_errors(rounded->decode(m_->golden.prefix, 0, 0, 0));
  report("logits", of_logits);
  EXPECT_LE(of_logits.rms(), 0.1);
}

INSTANTIATE_TEST_SUITE_P(, WhisperParity, testing::ValuesIn(cases()), [](const auto& param) {
  std::string name = param.param.model + "_" + param.param.isa;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace peregrine::golden
