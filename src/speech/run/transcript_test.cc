#include "speech/run/transcript.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "speech/testing/test_vocabulary.h"

namespace peregrine::speech {
namespace {

using ::testing::ElementsAre;

constexpr std::uint32_t kContext = 64;
constexpr TokenId kAsh = 256;
constexpr TokenId kBay = 257;

class TranscriptTest : public ::testing::Test {
 protected:
  TokenId at(std::uint32_t position) const {
    return vocabulary_.special().first_timestamp + static_cast<TokenId>(position);
  }

  // Two stretches of speech of two seconds, with ten seconds of silence between, which were left out.
  static SoundWindow window() {
    SoundWindow sound;
    sound.start = 0;
    sound.samples = 4 * sound::kSampleRate;
    sound.spans = {{0, 16000, 32000}, {32000, 208000, 32000}};
    return sound;
  }

  DecodedWindow decoded(std::vector<TokenId> tokens, const Transcript& transcript,
                        float temperature = 0) const {
    DecodedWindow decoded;
    decoded.hypothesis.logprobs.assign(tokens.size(), -0.5F);
    decoded.hypothesis.tokens = std::move(tokens);
    decoded.temperature = temperature;
    decoded.cut = transcript.cut(window(), decoded.hypothesis);
    return decoded;
  }

  const Vocabulary vocabulary_ = testing::test_vocabulary();
};

TEST_F(TranscriptTest, TimesAreThoseOfTheRecording) {
  Transcript transcript(vocabulary_, {}, {}, kContext);
  // The first ends where the silence begins, the second begins where it ends.
  const DecodedWindow text = decoded({at(10), kAsh, at(100), at(100), kBay, at(150)}, transcript);
  const std::vector<std::vector<TimedWord>> words = {{{" ash", {20, 100}, 0.5F}},
                                                     {{" bay", {100, 149}, 0.5F}}};
  const std::vector<Segment> segments = transcript.take(window(), text, words);
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_DOUBLE_EQ(segments[0].start, 1.2);
  EXPECT_DOUBLE_EQ(segments[0].end, 3.0);
  EXPECT_DOUBLE_EQ(segments[1].start, 13.0);
  EXPECT_DOUBLE_EQ(segments[1].end, 14.0);
  EXPECT_EQ(segments[0].seek, 100U);
  EXPECT_DOUBLE_EQ(segments[0].words[0].start, 1.4);
  EXPECT_DOUBLE_EQ(segments[0].words[0].end, 3.0);
  EXPECT_DOUBLE_EQ(segments[1].words[0].start, 13.0);
  EXPECT_DOUBLE_EQ(segments[1].words[0].end, 13.98);
  EXPECT_THAT(segments[0].tokens, ElementsAre(at(10), kAsh, at(100)));
}

TEST_F(TranscriptTest, PrefixesHaveRoomForWhatIsSampled) {
  TranscriptionRequest request;
  request.language = "zh";
  request.task = Task::kTranslate;
  const SpecialTokens& special = vocabulary_.special();
  const Transcript none(vocabulary_, request, {}, kContext);
  EXPECT_THAT(none.prefix(),
              ElementsAre(special.start_of_transcript, special.first_language + 1, special.translate));
  EXPECT_EQ(none.max_sampled(3), kContext / 2);
  std::vector<TokenId> prompt(100);
  for (std::size_t i = 0; i < prompt.size(); ++i) prompt[i] = static_cast<TokenId>(i);
  const Transcript full(vocabulary_, request, prompt, kContext);
  const std::vector<TokenId> prefix = full.prefix();
  ASSERT_EQ(prefix.size(), 1 + (kContext / 2 - 1) + 3);
  EXPECT_EQ(prefix[0], special.start_of_prev);
  EXPECT_EQ(prefix[1], 100 - (kContext / 2 - 1));  // the end of the prompt
  EXPECT_LE(prefix.size() + full.max_sampled(prefix.size()), kContext);
}

TEST_F(TranscriptTest, ALoopIsCutAfterItsFirstTurn) {
  const Transcript transcript(vocabulary_, {}, {}, kContext);
  Hypothesis hypothesis;
  hypothesis.end = Hypothesis::End::kLoop;
  hypothesis.tokens = {at(0), kBay};
  for (std::uint32_t i = 1; i <= 20; ++i) {
    hypothesis.tokens.push_back(kAsh);
    hypothesis.tokens.push_back(at(3 * i));
    hypothesis.tokens.push_back(at(3 * i));
  }
  hypothesis.logprobs.resize(hypothesis.tokens.size());
  const WindowCut cut = transcript.cut(window(), hypothesis);
  EXPECT_THAT(hypothesis.tokens, ElementsAre(at(0), kBay, kAsh));
  EXPECT_EQ(hypothesis.logprobs.size(), 3U);
  ASSERT_EQ(cut.pieces.size(), 1U);
  EXPECT_EQ(cut.advance, 200U);
}

TEST_F(TranscriptTest, LanguagesOfSilentWindowsAreForgottenUnlessGiven) {
  Transcript detected(vocabulary_, {}, {}, kContext);
  EXPECT_TRUE(detected.needs_language());
  detected.set_language(1);
  EXPECT_EQ(detected.language(), "zh");
  detected.take_silence();
  EXPECT_TRUE(detected.needs_language());
  EXPECT_EQ(detected.language(), "");
  TranscriptionRequest request;
  request.language = "Chinese";
  Transcript given(vocabulary_, request, {}, kContext);
  given.take_silence();
  EXPECT_EQ(given.language(), "zh");
}

}  // namespace
}  // namespace peregrine::speech
