// The whole way with a real model: whisper's architecture with random weights, which knows no language. What
// it says is nonsense, but the same nonsense every time, and rules and times hold for it.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"
#include "speech/testing/fixture.h"

namespace peregrine::speech::testing {
namespace {

std::filesystem::path golden(const char* name) {
  return std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden/whisper" / name;
}

// 16-bit mono of a plain file: a header of 44 bytes, then samples.
std::vector<float> read_wav(const std::filesystem::path& path) {
  constexpr std::size_t kHeader = 44;
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<float> samples;
  for (std::size_t i = kHeader; i + 1 < bytes.size(); i += 2) {
    std::int16_t sample = 0;
    std::memcpy(&sample, bytes.data() + i, sizeof(sample));
    samples.push_back(static_cast<float>(sample) / 32768.0F);
  }
  return samples;
}

// The unpacked file; empty when xz or the packed file is missing.
std::string unpack(const std::filesystem::path& packed) {
  std::string bytes;
  if (!std::filesystem::exists(packed)) return bytes;
  std::FILE* pipe = ::popen(("xz -dc '" + packed.string() + "'").c_str(), "r");
  if (pipe == nullptr) return bytes;
  std::vector<char> buffer(1 << 16);
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
    bytes.append(buffer.data(), n);
  return ::pclose(pipe) == 0 ? bytes : std::string();
}

class ModelTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    bytes_ = unpack(golden(GetParam()));
    sound_ = read_wav(golden("jfk.wav"));
    if (bytes_.empty() || sound_.empty()) GTEST_SKIP() << "needs golden/whisper/" << GetParam() << " and xz";
    auto file = gguf::WhisperFile::parse(std::as_bytes(std::span(bytes_)));
    ASSERT_TRUE(file) << file.error().text();
    file_.emplace(std::move(*file));
    auto model = model::load_speech_model(*file_, *backend_);
    ASSERT_TRUE(model) << model.error().text();
    model_ = std::move(*model);
    auto started = Transcriber::start(*file_, *model_, {}, budget_, metrics_, "golden");
    ASSERT_TRUE(started) << started.error().text();
    transcriber_ = std::move(*started);
  }

  Reader submit(const TranscriptionRequest& request) {
    return Reader(transcriber_->submit(request, std::make_unique<TestSource>(sound_)).value());
  }

  std::string bytes_;
  std::vector<float> sound_;
  base::MemoryBudget budget_{std::uint64_t{4} << 30};
  base::Metrics metrics_;
  std::unique_ptr<backend::Backend> backend_ = one_thread(budget_);
  std::optional<gguf::WhisperFile> file_;
  std::unique_ptr<model::SpeechModel> model_;
  std::unique_ptr<Transcriber> transcriber_;
};

TEST_P(ModelTest, GivesTheSameBytesTwiceAndInCompany) {
  EXPECT_TRUE(transcriber_->multilingual());
  TranscriptionRequest request;
  request.vad.enabled = false;
  request.language = "en";
  request.words = true;
  request.temperature = 1.0F;  // one attempt
  request.seed = 7;
  const Transcribed first = submit(request).rest();
  ASSERT_TRUE(first.finished) << first.error->text();
  EXPECT_NEAR(first.finished->duration, 11.0, 0.01);
  TranscriptionRequest other = request;
  other.seed = 8;
  other.language.clear();
  Reader company = submit(other);
  const Transcribed again = submit(request).rest();
  EXPECT_TRUE(company.rest().finished);
  ASSERT_EQ(again.segments.size(), first.segments.size());
  double end = 0;
  for (std::size_t i = 0; i < first.segments.size(); ++i) {
    const Segment& segment = first.segments[i];
    EXPECT_EQ(again.segments[i].tokens, segment.tokens);
    EXPECT_EQ(again.segments[i].avg_logprob, segment.avg_logprob);
    EXPECT_GE(segment.start, end);
    EXPECT_LE(segment.end, first.finished->duration);
    end = segment.end;
    ASSERT_EQ(again.segments[i].words.size(), segment.words.size());
    std::string words;
    for (std::size_t w = 0; w < segment.words.size(); ++w) {
      EXPECT_EQ(again.segments[i].words[w].start, segment.words[w].start);
      EXPECT_GE(segment.words[w].start, segment.start);
      EXPECT_LE(segment.words[w].end, segment.end);
      words += segment.words[w].text;
    }
    EXPECT_FALSE(words.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Golden, ModelTest,
                         ::testing::Values("whisper-80mel-f16.bin.xz", "whisper-128mel-q5_0.bin.xz"),
                         [](const auto& test) {
                           return std::string(test.param).substr(8, 2) == "80" ? "mel80" : "mel128";
                         });

}  // namespace
}  // namespace peregrine::speech::testing
