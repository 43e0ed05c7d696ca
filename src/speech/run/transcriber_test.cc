#include "speech/transcriber.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "base/rng.h"
#include "speech/decode/thresholds.h"
#include "speech/testing/fixture.h"

namespace peregrine::speech::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;

// Of a tone's edges in the spectrum: a frame's reach, and two steps of timestamps.
constexpr double kTolerance = 0.045;

std::vector<std::uint32_t> some_words(std::size_t n, std::uint32_t seed = 0) {
  std::vector<std::uint32_t> words(n);
  for (std::size_t i = 0; i < n; ++i) words[i] = (seed + static_cast<std::uint32_t>(i) * 5) % kTones;
  return words;
}

std::string text_of(std::span<const std::uint32_t> words) {
  std::string text;
  for (const std::uint32_t word : words) text += test_words()[word];
  return text;
}

void expect_in_order(const Transcribed& got) {
  double end = 0;
  for (std::size_t i = 0; i < got.segments.size(); ++i) {
    const Segment& segment = got.segments[i];
    EXPECT_EQ(segment.id, i);
    EXPECT_GE(segment.start, end);
    EXPECT_GE(segment.end, segment.start);
    end = segment.start;
    for (const Word& word : segment.words) {
      EXPECT_GE(word.start, end);
      EXPECT_GE(word.end, word.start);
      end = word.end;
    }
    EXPECT_LE(end, segment.end);
    end = segment.end;
  }
}

TEST_F(TranscriberTest, EveryWordOfAManyWindowsRecordingHasItsTime) {
  start();
  const std::vector<std::uint32_t> words = some_words(31);
  const std::vector<Tone> tones = words_every(0.7, words);
  const Transcribed got = transcribe(request(), sound_of(tones, 22.5));
  ASSERT_TRUE(got.finished);
  EXPECT_EQ(got.finished->language, "en");
  EXPECT_DOUBLE_EQ(got.finished->duration, 22.5);
  EXPECT_EQ(got.text(), text_of(words));
  ASSERT_EQ(got.segments.size(), words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_NEAR(got.segments[i].start, tones[i].start, kTolerance) << i;
    EXPECT_NEAR(got.segments[i].end, tones[i].start + tones[i].seconds, kTolerance) << i;
    EXPECT_EQ(got.segments[i].tokens.size(), 3U);
    EXPECT_GT(got.segments[i].avg_logprob, -0.1F);
    EXPECT_LT(got.segments[i].no_speech_prob, 0.1F);
  }
  expect_in_order(got);
  EXPECT_TRUE(std::ranges::is_sorted(got.progress));
  EXPECT_NEAR(got.progress.back(), 22.5, 0.1);
  EXPECT_GT(got.segments.back().seek, 0U);
  EXPECT_EQ(metric("peregrine_transcriptions_total"), "1");
  EXPECT_NEAR(std::stod(metric("peregrine_transcribed_audio_seconds_total")), 22.5, 1e-6);
}

TEST_F(TranscriberTest, WordsHaveTimesWithinTheirSegmentsAndTheSameText) {
  start();
  const std::vector<std::uint32_t> words = some_words(14, 3);
  const std::vector<Tone> tones = words_every(0.7, words);
  TranscriptionRequest with_words = request();
  with_words.words = true;
  const Transcribed plain = transcribe(request(), sound_of(tones, 10.5));
  const Transcribed got = transcribe(with_words, sound_of(tones, 10.5));
  EXPECT_EQ(got.text(), plain.text());
  ASSERT_EQ(got.segments.size(), words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_TRUE(plain.segments[i].words.empty());
    ASSERT_EQ(got.segments[i].words.size(), 1U);
    const Word& word = got.segments[i].words.front();
    EXPECT_EQ(word.text, test_words()[words[i]]);
    EXPECT_NEAR(word.start, tones[i].start, 0.1) << i;
    EXPECT_NEAR(word.end, tones[i].start + tones[i].seconds, 0.1) << i;
    EXPECT_GT(word.probability, 0.9F);
  }
  expect_in_order(got);
}

TEST_F(TranscriberTest, ARequestGivesTheSameWhateverElseRuns) {
  start({.max_running = 5, .max_queued = 64, .max_sequences = 7});
  // Not sure of anything, so that samples and beams differ: what is heard is only the likeliest.
  model->set_script([this](const Question& question, std::span<float> logits) {
    std::uint64_t hash = question.heard.size();
    for (const TokenId token : question.tokens)
      hash = (hash ^ static_cast<std::uint64_t>(token)) * 0x100000001B3ULL;
    base::Rng noise(hash);
    for (float& logit : logits) logit = static_cast<float>(6 * noise.uniform());
    logits[static_cast<std::size_t>(model->vocabulary().special().end_of_text)] += 3.0F;
    return true;
  });
  std::vector<TranscriptionRequest> requests;
  for (std::uint64_t i = 0; i < 24; ++i) {
    TranscriptionRequest asked = request();
    asked.seed = i;
    asked.temperature = i % 3 == 0 ? 0.0F : 0.4F;
    asked.beam_size = i % 2 == 0 ? 3 : 1;
    asked.best_of = 1 + static_cast<std::uint32_t>(i % 4);
    asked.words = i % 5 == 0;
    asked.condition_on_previous_text = i % 4 != 0;
    asked.prompt = i % 6 == 0 ? "cod elm fig" : "";
    asked.language = i % 7 == 0 ? "zh" : "";
    requests.push_back(asked);
  }
  const auto sound = [](std::size_t i) {
    return sound_of(words_every(0.6, some_words(4 + i, static_cast<std::uint32_t>(i))),
                    3.0 + static_cast<double>(i) / 2);
  };
  std::vector<Transcribed> alone;
  for (std::size_t i = 0; i < requests.size(); ++i) alone.push_back(transcribe(requests[i], sound(i)));
  std::vector<Reader> readers;
  for (std::size_t i = 0; i < requests.size(); ++i) readers.push_back(submit(requests[i], sound(i)));
  std::size_t segments = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Transcribed together = readers[i].rest();
    ASSERT_TRUE(together.finished) << together.error->text();
    ASSERT_EQ(together.segments.size(), alone[i].segments.size()) << i;
    EXPECT_EQ(together.finished->language, alone[i].finished->language);
    EXPECT_EQ(together.progress, alone[i].progress);
    for (std::size_t s = 0; s < together.segments.size(); ++s, ++segments) {
      const Segment& a = alone[i].segments[s];
      const Segment& b = together.segments[s];
      EXPECT_EQ(a.tokens, b.tokens);
      EXPECT_EQ(a.text, b.text);
      EXPECT_EQ(a.start, b.start);
      EXPECT_EQ(a.end, b.end);
      EXPECT_EQ(a.avg_logprob, b.avg_logprob);
      EXPECT_EQ(a.temperature, b.temperature);
      ASSERT_EQ(a.words.size(), b.words.size());
      for (std::size_t w = 0; w < a.words.size(); ++w) EXPECT_EQ(a.words[w].start, b.words[w].start);
    }
    expect_in_order(together);
  }
  EXPECT_GT(segments, 24U);
  EXPECT_GT(model->widest_decode(), 3U);
}

TEST_F(TranscriberTest, RecordingsShareEncodingsAndSteps) {
  start({.max_running = 6});
  model->hold();
  std::vector<Reader> readers;
  std::vector<TestSource*> sources;
  const std::vector<float> sound = sound_of(words_every(0.6, some_words(20)), 15);
  for (int i = 0; i < 6; ++i) {
    auto source = std::make_unique<TestSource>(sound, TestSource::Plan{.blocks_at = 0});
    sources.push_back(source.get());
    readers.emplace_back(transcriber->submit(request(), std::move(source)).value());
  }
  // All run before one is encoded.
  for (TestSource* source : sources) source->await_reader();
  for (TestSource* source : sources) source->open();
  // Who reads beyond the first window has measured it.
  constexpr std::size_t kWindow = std::size_t{kTestFrames} * 160;
  for (TestSource* source : sources) source->await_read(kWindow + 1);
  model->await_held();
  model->release();
  for (Reader& reader : readers) EXPECT_EQ(reader.rest().text(), text_of(some_words(20)));
  EXPECT_EQ(model->widest_encode(), 2U);
  EXPECT_GE(model->widest_decode(), 3U);
}

TEST_F(TranscriberTest, AGivenLanguageIsNotDetected) {
  start();
  std::vector<TokenId> languages;
  model->set_script([&](const Question& question, std::span<float>) {
    if (question.tokens.size() >= 3 && question.sampled.empty()) languages.push_back(question.tokens[1]);
    return false;
  });
  TranscriptionRequest asked = request();
  asked.language = "Chinese";
  const Transcribed got = transcribe(asked, sound_of(words_every(0.6, some_words(3)), 2.5));
  EXPECT_EQ(got.finished->language, "zh");
  EXPECT_THAT(languages, ElementsAre(model->vocabulary().language_token(1)));
}

TEST_F(TranscriberTest, TheLikeliestLanguageIsDetectedWhereSomebodySpeaks) {
  start();
  model->set_script([&](const Question& question, std::span<float> logits) {
    if (question.tokens.size() != 1 || question.heard.empty()) return false;
    say(model->vocabulary().language_token(1), logits);
    return true;
  });
  // Five seconds of silence are a window of their own, whose language nobody can tell.
  const std::vector<Tone> tones = {{2, 5.5}, {3, 6.5}};
  const Transcribed got = transcribe(request(), sound_of(tones, 8));
  EXPECT_EQ(got.finished->language, "zh");
  EXPECT_EQ(got.text(), " cod dim");
}

TEST_F(TranscriberTest, SilenceGivesNoText) {
  start();
  const Transcribed got = transcribe(request(), std::vector<float>(sound::kSampleRate * 12));
  ASSERT_TRUE(got.finished);
  EXPECT_TRUE(got.segments.empty());
  EXPECT_EQ(got.finished->language, "");
  EXPECT_DOUBLE_EQ(got.finished->duration, 12);
  EXPECT_EQ(metric("peregrine_transcription_fallbacks_total"), "0");
}

TEST_F(TranscriberTest, WhatIsTooShortToSpeakInIsNoWindow) {
  start();
  const Transcribed got = transcribe(request(), std::vector<float>(sound::kSampleRate / 20));
  ASSERT_TRUE(got.finished);
  EXPECT_DOUBLE_EQ(got.finished->duration, 0.05);
  EXPECT_EQ(model->decodes(), 0U);
}

// The first attempts are all over the place; an attempt at a high temperature is sure.
TEST_F(TranscriberTest, UnsureAttemptsClimbTheLadder) {
  start();
  int attempts = 0;
  model->set_script([&](const Question& question, std::span<float> logits) {
    if (question.tokens.size() < 3) return false;
    attempts += question.sampled.empty() ? 1 : 0;
    if (attempts >= 4) return false;
    std::ranges::fill(logits, 0.0F);
    return true;
  });
  const Transcribed got = transcribe(request(), sound_of(words_every(0.6, some_words(3)), 2.5));
  EXPECT_EQ(got.text(), text_of(some_words(3)));
  EXPECT_FLOAT_EQ(got.segments.front().temperature, 0.6F);
  EXPECT_EQ(attempts, 4);
  EXPECT_EQ(metric("peregrine_transcription_fallbacks_total"), "3");
}

TEST_F(TranscriberTest, ALoopIsCutAfterItsFirstTurnWhenNothingElseComes) {
  start();
  constexpr TokenId kAsh = 256;
  model->set_script([&](const Question& question, std::span<float> logits) {
    if (question.tokens.size() < 3 || question.sampled.empty()) return false;
    say(question.sampled.size() % 2 == 1 ? kAsh : kAsh + 1, logits);
    return true;
  });
  const Transcribed got = transcribe(request(), sound_of(words_every(0.6, some_words(7)), 4.9));
  EXPECT_EQ(got.text(), " ash bay");
  EXPECT_EQ(metric("peregrine_transcription_fallbacks_total"), "5");
  EXPECT_FLOAT_EQ(got.segments.front().temperature, 1.0F);
  EXPECT_NEAR(got.segments.front().end, 4.9, 0.02);
}

struct ContextCase {
  const char* name;
  bool condition;
  float temperature;
  const char* prompt;
  bool first_has_context;
  bool second_has_context;
};

class ContextTest : public TranscriberTest, public ::testing::WithParamInterface<ContextCase> {};

TEST_P(ContextTest, WhatWasSaidIsContextOrNot) {
  start();
  std::vector<std::vector<TokenId>> prefixes;
  model->set_script([&](const Question& question, std::span<float>) {
    if (question.sampled.empty() && question.tokens.back() == model->vocabulary().special().transcribe) {
      prefixes.emplace_back(question.tokens.begin(), question.tokens.end() - 3);
    }
    return false;
  });
  TranscriptionRequest asked = request();
  asked.condition_on_previous_text = GetParam().condition;
  asked.temperature = GetParam().temperature;
  asked.prompt = GetParam().prompt;
  const Transcribed got = transcribe(asked, sound_of(words_every(0.6, some_words(12)), 8));
  ASSERT_EQ(prefixes.size(), 2U);
  EXPECT_EQ(!prefixes[0].empty(), GetParam().first_has_context);
  EXPECT_EQ(!prefixes[1].empty(), GetParam().second_has_context);
  for (const auto& prefix : prefixes) {
    if (prefix.empty()) continue;
    EXPECT_EQ(prefix.front(), model->vocabulary().special().start_of_prev);
    EXPECT_LE(prefix.size(), kTestContext / 2);
  }
  if (!GetParam().second_has_context) return;
  // It ends with the tokens of the last segment of the first window.
  std::size_t last = 0;
  while (last + 1 < got.segments.size() && got.segments[last + 1].seek == 0) ++last;
  const std::vector<TokenId>& said = got.segments[last].tokens;
  ASSERT_GE(prefixes[1].size(), said.size());
  EXPECT_TRUE(std::ranges::equal(said, std::span(prefixes[1]).last(said.size())));
}

INSTANTIATE_TEST_SUITE_P(Context, ContextTest,
                         ::testing::Values(ContextCase{"kept", true, 0.0F, "", false, true},
                                           ContextCase{"prompt", true, 0.0F, "ash bay", true, true},
                                           ContextCase{"not_wanted", false, 0.0F, "ash bay", true, false},
                                           ContextCase{"lukewarm", true, 0.4F, "", false, true},
                                           ContextCase{"too_hot", true, 0.6F, "ash", true, false}),
                         [](const auto& test) { return test.param.name; });

TEST_F(TranscriberTest, AnEnglishModelHasNeitherLanguagesNorTranslation) {
  model = std::make_unique<HearingModel>(*backend, true);
  start();
  EXPECT_FALSE(transcriber->multilingual());
  const Transcribed got = transcribe(request(), sound_of(words_every(0.6, some_words(12)), 8));
  EXPECT_EQ(got.text(), text_of(some_words(12)));
  EXPECT_EQ(got.finished->language, "en");
  TranscriptionRequest asked = request();
  asked.task = Task::kTranslate;
  const auto refused = transcriber->submit(asked, std::make_unique<TestSource>(std::vector<float>(100)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "task");
}

TEST_F(TranscriberTest, RequestsOutOfRangeAreRefused) {
  start({.max_sequences = 4});
  struct Case {
    const char* where;
    void (*change)(TranscriptionRequest&);
  };
  const Case cases[] = {
      {"temperature", [](TranscriptionRequest& r) { r.temperature = -0.1F; }},
      {"temperature", [](TranscriptionRequest& r) { r.temperature = 1.1F; }},
      {"temperature", [](TranscriptionRequest& r) { r.temperature = std::nanf(""); }},
      {"language", [](TranscriptionRequest& r) { r.language = "xx"; }},
      {"language", [](TranscriptionRequest& r) { r.language = "de"; }},  // whisper's, but not this model's
      {"beam_size", [](TranscriptionRequest& r) { r.beam_size = 0; }},
      {"beam_size", [](TranscriptionRequest& r) { r.beam_size = 5; }},
      {"best_of", [](TranscriptionRequest& r) { r.best_of = 0; }},
      {"best_of", [](TranscriptionRequest& r) { r.best_of = 17; }},
      {"prompt", [](TranscriptionRequest& r) { r.prompt.assign(kMaxPromptBytes + 1, 'a'); }},
  };
  for (const Case& c : cases) {
    TranscriptionRequest asked = request();
    c.change(asked);
    const auto refused = transcriber->submit(asked, std::make_unique<TestSource>(std::vector<float>(100)));
    ASSERT_FALSE(refused) << c.where;
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(refused.error().where, c.where);
  }
  EXPECT_FALSE(transcriber->submit(request(), nullptr));
}

TEST_F(TranscriberTest, ErrorsOfTheSoundEndTheRecordingOnly) {
  start();
  const std::vector<float> sound = sound_of(words_every(0.6, some_words(30)), 20);
  Reader broken = submit(request(), sound, {.fails_at = 12 * sound::kSampleRate});
  const Transcribed fine = transcribe(request(), sound);
  const Transcribed got = broken.rest();
  ASSERT_TRUE(got.error);
  EXPECT_EQ(got.error->code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(got.error->message, "the file is damaged");
  EXPECT_TRUE(fine.finished);
}

TEST_F(TranscriberTest, NumbersThatAreNoneEndTheRecordingOnly) {
  start();
  model->set_script([](const Question& question, std::span<float> logits) {
    if (question.heard.front().word != 7 || question.sampled.size() < 3) return false;
    say(0, logits);
    logits.back() = std::nanf("");
    return true;
  });
  Reader bad = submit(request(), sound_of(words_every(0.6, some_words(5, 7)), 4));
  const Transcribed good = transcribe(request(), sound_of(words_every(0.6, some_words(5, 1)), 4));
  const Transcribed got = bad.rest();
  ASSERT_TRUE(got.error);
  EXPECT_EQ(got.error->code, ErrorCode::kInternal);
  EXPECT_EQ(good.text(), text_of(some_words(5, 1)));
}

TEST_F(TranscriberTest, ACancelledRecordingGivesBackWhatItHeld) {
  start({.max_running = 1, .max_queued = 4, .max_sequences = 2});
  const std::vector<float> sound = sound_of(words_every(0.6, some_words(12)), 8);
  model->hold();
  std::optional<Reader> decoding(submit(request(), sound));
  std::optional<Reader> queued(submit(request(), sound));
  Reader last = submit(request(), sound);
  model->await_held();
  decoding.reset();
  queued.reset();
  model->release();
  EXPECT_EQ(last.rest().text(), text_of(some_words(12)));
  // One that waits for its sound has a slot too.
  std::optional<Reader> reading(submit(request(), sound, {.blocks_at = 0}));
  Reader after = submit(request(), sound);
  reading.reset();
  EXPECT_EQ(after.rest().text(), text_of(some_words(12)));
  transcriber->stop();
  EXPECT_EQ(metric("peregrine_transcriptions_running"), "0");
  EXPECT_EQ(metric("peregrine_transcriptions_queued"), "0");
}

TEST_F(TranscriberTest, ASlowReaderPausesItsOwnRecordingOnly) {
  start();
  const std::vector<std::uint32_t> words = some_words(120);
  const std::vector<float> sound = sound_of(words_every(0.6, words), 73);
  Reader slow = submit(request(), sound);  // more events than its channel holds
  for (int i = 0; i < 3; ++i) EXPECT_EQ(transcribe(request(), sound).text(), text_of(words));
  EXPECT_EQ(metric("peregrine_transcriptions_running"), "1");
  EXPECT_EQ(slow.rest().text(), text_of(words));
}

TEST_F(TranscriberTest, AFullQueueRefusesAndStoppingEndsAll) {
  start({.max_running = 1, .max_queued = 2});
  const std::vector<float> sound = sound_of(words_every(0.6, some_words(12)), 8);
  Reader running = submit(request(), sound, {.blocks_at = 0});
  // It runs once another may queue behind two.
  std::vector<Reader> queued;
  while (queued.size() < 2) {
    auto submitted = transcriber->submit(request(), std::make_unique<TestSource>(sound));
    if (submitted) queued.emplace_back(std::move(*submitted));
  }
  for (;;) {
    auto refused = transcriber->submit(request(), std::make_unique<TestSource>(sound));
    if (refused) {
      queued.emplace_back(std::move(*refused));
      continue;
    }
    EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
    break;
  }
  EXPECT_LE(queued.size(), 3U);
  transcriber->stop();
  queued.push_back(std::move(running));
  for (Reader& reader : queued) {
    const Transcribed got = reader.rest();
    ASSERT_TRUE(got.error);
    EXPECT_EQ(got.error->code, ErrorCode::kUnavailable);
  }
  EXPECT_FALSE(transcriber->submit(request(), std::make_unique<TestSource>(sound)));
}

TEST_F(TranscriberTest, MemoryIsReservedAndGivenBack) {
  const std::uint64_t before = budget.available();
  start();
  EXPECT_LT(budget.available(), before);
  transcriber.reset();
  EXPECT_EQ(budget.available(), before);
  base::MemoryBudget small(1 << 20);
  const auto refused = start_transcriber({.tokens = test_tokens(), .mel_filters = tone_filters()}, *model, {},
                                         small, metrics, "small");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
}

}  // namespace
}  // namespace peregrine::speech::testing
