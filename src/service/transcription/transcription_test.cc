#include "service/transcription/transcription.h"

#include <gtest/gtest.h>
#include <prometheus/counter.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "base/metrics.h"

namespace peregrine::service {
namespace {

TEST(BilledSeconds, WholeOnesAndTenAtLeast) {
  EXPECT_EQ(billed_seconds(0), 10U);
  EXPECT_EQ(billed_seconds(9.99), 10U);
  EXPECT_EQ(billed_seconds(10), 10U);
  EXPECT_EQ(billed_seconds(10.001), 11U);
  EXPECT_EQ(billed_seconds(3600), 3600U);
  EXPECT_EQ(billed_seconds(-1), 10U);
}

TEST(Transcription, ATextModelDoesNotListen) {
  LoadedModel model;
  model.kind = TextGenerator{};
  TranscriptionRequest request;
  request.model = "llama";
  Status status = check_transcription(request, model);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(status.error().where, "model");
  EXPECT_EQ(status.error().message, "The model `llama` does not support transcriptions");
  request.task = speech::Task::kTranslate;
  status = check_transcription(request, model);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message, "The model `llama` does not support translations");
}

// A transcriber that knows some languages and is asked for nothing.
class QuietTranscriber final : public speech::Transcriber {
 public:
  explicit QuietTranscriber(bool multilingual) : multilingual_(multilingual) {}
  Result<std::unique_ptr<speech::Transcription>> submit(speech::TranscriptionRequest request,
                                                        std::unique_ptr<sound::AudioSource>) override {
    asked = std::move(request);
    return std::make_unique<Ended>();
  }
  bool multilingual() const override { return multilingual_; }
  void stop() override {}

  speech::TranscriptionRequest asked;

 private:
  struct Ended final : speech::Transcription {
    std::optional<speech::Event> poll() override {
      return speech::Event(speech::Finished{.language = "de", .duration = 12.5});
    }
    void on_ready(std::function<void()> callback) override { callback(); }
  };
  const bool multilingual_;
};

class NamedModel final : public model::SpeechModel {
 public:
  explicit NamedModel(std::string name) { info_.name = std::move(name); }
  const model::SpeechModelInfo& info() const override { return info_; }
  backend::Backend& backend() const override { std::abort(); }
  Result<std::unique_ptr<model::SpeechState>> make_state(const model::SpeechCapacity&) const override {
    return fail(ErrorCode::kInternal, "none");
  }
  void encode(std::span<const float>, std::span<const std::uint32_t>, model::SpeechState&) const override {}
  void decode(const model::TextStep&, model::SpeechState&, std::span<float>,
              std::span<float>) const override {}
  void copy_sequence(model::SpeechState&, std::uint32_t, std::uint32_t, std::uint32_t) const override {}

 private:
  model::SpeechModelInfo info_;
};

// A model of that id and shape; `transcriber` is in it.
std::unique_ptr<LoadedModel> listener(const std::string& id, const std::string& shape, bool multilingual,
                                      QuietTranscriber** transcriber = nullptr) {
  auto loaded = std::make_unique<LoadedModel>();
  loaded->id = id;
  SpeechRecognizer recognizer;
  recognizer.model = std::make_unique<NamedModel>(shape);
  auto quiet = std::make_unique<QuietTranscriber>(multilingual);
  if (transcriber != nullptr) *transcriber = quiet.get();
  recognizer.transcriber = std::move(quiet);
  loaded->kind = std::move(recognizer);
  return loaded;
}

TEST(Transcription, WhichModelsTranslate) {
  const struct {
    const char* id;
    const char* shape;
    bool multilingual;
    bool translates;
  } kRows[] = {
      {"whisper-large-v3", "large-v3", true, true}, {"whisper-large-v3-turbo", "large-v3-turbo", true, false},
      {"mine", "large-v3-turbo", true, false},      {"mine", "large-v3", true, true},
      {"mine", "distil-large-v3", true, false},     {"whisper-base", "base", true, true},
      {"whisper-base.en", "base.en", false, false},
  };
  for (const auto& row : kRows) {
    const auto model = listener(row.id, row.shape, row.multilingual);
    TranscriptionRequest request;
    request.model = row.id;
    request.task = speech::Task::kTranslate;
    const Status status = check_transcription(request, *model);
    EXPECT_EQ(status.has_value(), row.translates) << row.id << " " << row.shape;
    if (!status) {
      EXPECT_EQ(status.error().where, "model");
    }
    request.task = speech::Task::kTranscribe;
    EXPECT_TRUE(check_transcription(request, *model));
  }
}

TEST(Transcription, LanguagesByCodeAndName) {
  const struct {
    const char* language;
    bool multilingual;
    const char* code;  // null: refused
  } kRows[] = {
      {"", true, ""},     {"de", true, "de"}, {"German", true, "de"}, {"GERMAN", true, "de"},
      {"jv", true, "jw"}, {"jw", true, "jw"}, {"xx", true, nullptr},  {"deutsch", true, nullptr},
      {"en", false, ""},  {"", false, ""},    {"English", false, ""}, {"de", false, nullptr},
  };
  for (const auto& row : kRows) {
    QuietTranscriber* transcriber = nullptr;
    const auto model = listener("m", "base", row.multilingual, &transcriber);
    TranscriptionRequest request;
    request.model = "m";
    request.language = row.language;
    request.prompt = "p";
    request.words = true;
    const auto stream = start_transcription(request, nullptr, ModelLease(*model));
    ASSERT_EQ(stream.has_value(), row.code != nullptr) << row.language;
    if (!stream) {
      EXPECT_EQ(stream.error().where, "language");
      continue;
    }
    EXPECT_EQ(transcriber->asked.language, row.code) << row.language;
    EXPECT_EQ(transcriber->asked.prompt, "p");
    EXPECT_TRUE(transcriber->asked.words);
    EXPECT_TRUE(transcriber->asked.vad.enabled);
  }
}

TEST(Transcription, WhatIsBilledIsCounted) {
  base::Metrics metrics;
  auto model = listener("m", "base", true);
  prometheus::Counter& billed = metrics.counter("billed", "help", {{"model", "m"}});
  std::get<SpeechRecognizer>(model->kind).billed_seconds = &billed;
  const auto stream = start_transcription({.model = "m"}, nullptr, ModelLease(*model));
  ASSERT_TRUE(stream);
  EXPECT_EQ(billed.Value(), 0);
  EXPECT_TRUE(std::holds_alternative<speech::Finished>(*(*stream)->poll()));
  EXPECT_EQ(billed.Value(), 13);
}

}  // namespace
}  // namespace peregrine::service
