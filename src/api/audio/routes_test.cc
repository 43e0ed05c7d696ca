// The audio routes behind a real server, over scripted transcriptions.
#include "api/audio/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>

#include "api/testing/live_server.h"
#include "api/testing/scripted_audio.h"

namespace peregrine::api {
namespace {

namespace json = boost::json;
using testing::AudioScript;
using testing::form_request;
using testing::FormPart;
using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;
using testing::ScriptedTranscription;
using testing::segment;

const std::string kTranscriptions = "/openai/v1/audio/transcriptions";
const std::string kTranslations = "/openai/v1/audio/translations";

Options small() {
  Options options;
  options.audio.max_file_bytes = 1000;
  options.audio.spool_folder = "/tmp";
  return options;
}

std::string content_of(int file) {
  std::string content(4096, '\0');
  const ssize_t got = ::pread(file, content.data(), content.size(), 0);
  content.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  ::close(file);
  return content;
}

// Hears two sentences at once, whatever the sound.
class AudioRoutes : public ::testing::Test {
 protected:
  AudioRoutes() {
    server_.on_listen = [this](const service::TranscriptionRequest& request, int file) {
      request_ = request;
      sound_ = content_of(file);
      return Result<std::unique_ptr<service::TranscriptionStream>>(
          std::make_unique<ScriptedTranscription>(script_));
    };
  }

  void say_two() {
    script_->say(segment(0, 0, 1.28, " Good morning."));
    script_->say(speech::Progress{1.28});
    speech::Segment second = segment(1, 1.5, 3.0, " It rains <here>.");
    second.words = {{" It", 1.5, 1.7, 0.9F}, {" rains", 1.7, 2.2, 0.8F}, {" <here>.", 2.2, 3.0, 0.7F}};
    script_->say(second);
    script_->say(speech::Finished{"en", 3.5});
  }

  Reply ask(const std::string& target, std::vector<FormPart> fields) {
    fields.push_back({"model", "whisper"});
    fields.push_back({"file", "RIFF sound", "a.wav"});
    return server_.ask(form_request(target, fields));
  }

  std::shared_ptr<AudioScript> script_ = std::make_shared<AudioScript>();
  service::TranscriptionRequest request_;
  std::string sound_;
  LiveServer server_{small()};  // last: it uses what stands above
};

TEST_F(AudioRoutes, JsonIsTheDefault) {
  say_two();
  const Reply reply = ask(kTranscriptions, {{"language", "de"}, {"prompt", "Hm."}, {"temperature", "0.5"}});
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(reply.headers.get("content-type"), "application/json");
  const json::object body = json::parse(reply.body).as_object();
  EXPECT_EQ(body.at("text").as_string(), "Good morning. It rains <here>.");
  EXPECT_EQ(body.at("x_groq").at("id").as_string(), reply.headers.get("x-request-id"));
  EXPECT_EQ(body.size(), 2U);
  EXPECT_EQ(sound_, "RIFF sound");
  EXPECT_EQ(request_.model, "whisper");
  EXPECT_EQ(request_.language, "de");
  EXPECT_EQ(request_.prompt, "Hm.");
  EXPECT_EQ(request_.temperature, 0.5F);
  EXPECT_EQ(request_.task, speech::Task::kTranscribe);
  EXPECT_FALSE(request_.words);
  EXPECT_TRUE(script_->wait_ended());
}

TEST_F(AudioRoutes, VerboseJsonHasEveryField) {
  say_two();
  const Reply reply = ask(kTranscriptions, {{"response_format", "verbose_json"},
                                            {"timestamp_granularities[]", "word"},
                                            {"timestamp_granularities[]", "segment"}});
  ASSERT_EQ(reply.status, 200U) << reply.body;
  const json::value body = json::parse(reply.body);
  EXPECT_EQ(body.at("task"), "transcribe");
  EXPECT_EQ(body.at("language"), "English");
  EXPECT_EQ(body.at("duration"), 3.5);
  EXPECT_EQ(body.at("text"), " Good morning. It rains <here>.");
  EXPECT_EQ(body.at("words"), json::parse(R"([{"word":"It","start":1.5,"end":1.7},
    {"word":"rains","start":1.7,"end":2.2},{"word":"<here>.","start":2.2,"end":3}])"));
  EXPECT_EQ(body.at("segments").at(0), json::parse(R"({"id":0,"seek":0,"start":0,"end":1.28,
    "text":" Good morning.","tokens":[50365,100,50415],"temperature":0,"avg_logprob":-0.25,
    "compression_ratio":1.5,"no_speech_prob":0.125})"));
  EXPECT_EQ(body.at("segments").as_array().size(), 2U);
  EXPECT_TRUE(request_.words);
}

TEST_F(AudioRoutes, OnlyWordsOnlySegments) {
  say_two();
  json::value body = json::parse(
      ask(kTranscriptions, {{"response_format", "verbose_json"}, {"timestamp_granularities[]", "word"}})
          .body);
  EXPECT_TRUE(body.as_object().contains("words"));
  EXPECT_FALSE(body.as_object().contains("segments"));
  say_two();
  body = json::parse(ask(kTranscriptions, {{"response_format", "verbose_json"}}).body);
  EXPECT_FALSE(body.as_object().contains("words"));
  EXPECT_TRUE(body.as_object().contains("segments"));
}

TEST_F(AudioRoutes, TextAndSubtitles) {
  const struct {
    const char* format;
    const char* type;
    const char* body;
  } kRows[] = {
      {"text", "text/plain; charset=utf-8", "Good morning. It rains <here>.\n"},
      {"srt", "application/x-subrip; charset=utf-8",
       "1\n00:00:00,000 --> 00:00:01,280\nGood morning.\n\n2\n00:00:01,500 --> 00:00:03,000\n"
       "It rains <here>.\n\n"},
      {"vtt", "text/vtt; charset=utf-8",
       "WEBVTT\n\n00:00:00.000 --> 00:00:01.280\nGood morning.\n\n00:00:01.500 --> 00:00:03.000\n"
       "It rains &lt;here&gt;.\n\n"},
  };
  for (const auto& row : kRows) {
    say_two();
    const Reply reply = ask(kTranscriptions, {{"response_format", row.format}});
    EXPECT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.headers.get("content-type"), row.type);
    EXPECT_EQ(reply.body, row.body);
  }
}

TEST_F(AudioRoutes, SilenceIsAnEmptyText) {
  const std::pair<const char*, const char*> kRows[] = {{"text", "\n"}, {"srt", ""}, {"vtt", "WEBVTT\n\n"}};
  for (const auto& [format, body] : kRows) {
    script_->say(speech::Finished{"", 2.0});
    EXPECT_EQ(ask(kTranscriptions, {{"response_format", format}}).body, body) << format;
  }
  script_->say(speech::Finished{"", 2.0});
  const json::value verbose = json::parse(ask(kTranscriptions, {{"response_format", "verbose_json"}}).body);
  EXPECT_EQ(verbose.at("text"), "");
  EXPECT_EQ(verbose.at("language"), "");
  EXPECT_EQ(verbose.at("segments"), json::array());
}

TEST_F(AudioRoutes, TranslationsAreInEnglish) {
  say_two();
  const Reply reply = ask(kTranslations, {{"response_format", "verbose_json"}, {"language", "en"}});
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(request_.task, speech::Task::kTranslate);
  EXPECT_EQ(request_.language, "") << "what is spoken is detected";
  EXPECT_EQ(json::parse(reply.body).at("task"), "translate");
  EXPECT_EQ(json::parse(reply.body).at("language"), "english");
}

// The events of a stream.
std::vector<json::value> events_of(const std::string& body) {
  std::vector<json::value> events;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = body.find("\n\n", at);
    const std::string frame = body.substr(at, end - at);
    at = end + 2;
    if (frame.starts_with("data: ")) events.push_back(json::parse(frame.substr(6)));
  }
  return events;
}

TEST_F(AudioRoutes, AStreamIsTheSameText) {
  say_two();
  const Reply reply = ask(kTranscriptions, {{"stream", "true"}});
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(reply.headers.get("content-type"), "text/event-stream");
  const auto events = events_of(reply.body);
  ASSERT_EQ(events.size(), 3U) << reply.body;
  EXPECT_EQ(events[0], json::parse(R"({"type":"transcript.text.delta","delta":"Good morning."})"));
  EXPECT_EQ(events[1], json::parse(R"({"type":"transcript.text.delta","delta":" It rains <here>."})"));
  EXPECT_EQ(events[2].at("type"), "transcript.text.done");
  EXPECT_EQ(events[2].at("text"), "Good morning. It rains <here>.");
  EXPECT_EQ(events[2].at("x_groq").at("id").as_string(), reply.headers.get("x-request-id"));
}

TEST_F(AudioRoutes, AVerboseStreamHasSegments) {
  say_two();
  const Reply whole = ask(kTranscriptions, {{"response_format", "verbose_json"}});
  say_two();
  const Reply reply = ask(kTranscriptions, {{"stream", "true"}, {"response_format", "verbose_json"}});
  const auto events = events_of(reply.body);
  ASSERT_EQ(events.size(), 5U) << reply.body;
  json::object done = events[4].as_object();
  json::object expected = json::parse(whole.body).as_object();
  for (json::object* one : {&done, &expected}) one->erase("x_groq");
  EXPECT_EQ(done.at("type"), "transcript.text.done");
  done.erase("type");
  EXPECT_EQ(done, expected);
  for (std::size_t i = 0; i < 2; ++i) {
    json::object one = events[2 * i + 1].as_object();
    EXPECT_EQ(one.at("type"), "transcript.text.segment");
    one.erase("type");
    EXPECT_EQ(one, expected.at("segments").at(i).as_object());
  }
}

TEST_F(AudioRoutes, ABadFileIsRefusedEvenInAStream) {
  const std::pair<Error, const char*> kRows[] = {
      {{ErrorCode::kInvalidArgument, "the file has no audio track", {}},
       "could not process file - is it a valid media file? (the file has no audio track)"},
      {{ErrorCode::kInvalidArgument, "Audio file is too short. Minimum audio length is 0.01 seconds.", {}},
       "Audio file is too short. Minimum audio length is 0.01 seconds."}};
  for (const auto& [error, message] : kRows) {
    for (const char* const stream : {"false", "true"}) {
      script_->say(speech::Progress{0});
      script_->say(error);
      const Reply reply = ask(kTranscriptions, {{"stream", stream}});
      EXPECT_EQ(reply.status, 400U) << reply.body;
      const json::value body = json::parse(reply.body);
      EXPECT_EQ(body.at("error").at("message"), message);
      EXPECT_EQ(body.at("error").at("param"), "file");
      EXPECT_EQ(body.at("error").at("type"), "invalid_request_error");
    }
  }
}

TEST_F(AudioRoutes, AStreamThatBreaksSaysSo) {
  script_->say(segment(0, 0, 1, " One."));
  script_->say(Error{ErrorCode::kInvalidArgument, "its data is damaged", {}});
  const Reply reply = ask(kTranscriptions, {{"stream", "true"}});
  EXPECT_EQ(reply.status, 200U);
  EXPECT_THAT(reply.body, HasSubstr("event: error\ndata: {\"error\":{\"message\":\"could not process file"));
  EXPECT_THAT(reply.body, HasSubstr("\"status_code\":400"));
}

TEST_F(AudioRoutes, ErrorsOfTheHouseStayThere) {
  script_->say(Error{ErrorCode::kInternal, "secret", {}});
  Reply reply = ask(kTranscriptions, {});
  EXPECT_EQ(reply.status, 500U);
  EXPECT_EQ(reply.body.find("secret"), std::string::npos);
  script_->say(Error{ErrorCode::kUnavailable, "stopping", {}});
  reply = ask(kTranscriptions, {});
  EXPECT_EQ(reply.status, 503U);
}

TEST_F(AudioRoutes, AClientThatGoesTakesItsTranscriptionAlong) {
  for (const char* const stream : {"false", "true"}) {
    auto script = std::make_shared<AudioScript>();
    script_ = script;
    script->say(segment(0, 0, 1, " One."));
    {
      testing::Client client(server_.port());
      client.send(
          form_request(kTranscriptions, {{"model", "m"}, {"stream", stream}, {"file", "x", "a.wav"}}));
      ASSERT_TRUE(script->wait_polled(1));
    }
    EXPECT_TRUE(script->wait_ended()) << stream;
  }
}

TEST_F(AudioRoutes, SoundInTheUrl) {
  for (const char* const url : {"UklGRg==", "UklGRg", "data:audio/wav;base64,UklGRg=="}) {
    say_two();
    const Reply reply = server_.ask(form_request(kTranscriptions, {{"model", "m"}, {"url", url}}));
    EXPECT_EQ(reply.status, 200U) << reply.body;
    EXPECT_EQ(sound_, "RIFF") << url;
  }
  const struct {
    std::string url;
    unsigned status;
    const char* message;
  } kBad[] = {{"not base64!", 400, "neither an http address nor base64"},
              {"data:audio/wav,RIFF", 400, "neither"},
              {"file:///etc/passwd", 400, "neither"},
              {"http://example.org/a.wav", 400, "fetches nothing"},
              {"HTTPS://example.org/a.wav", 400, "fetches nothing"},
              {std::string(1340, 'A'), 413, "1000 bytes"}};
  for (const auto& row : kBad) {
    const Reply reply = server_.ask(form_request(kTranscriptions, {{"model", "m"}, {"url", row.url}}));
    EXPECT_EQ(reply.status, row.status) << row.url;
    EXPECT_THAT(reply.body, HasSubstr(row.message)) << row.url;
    EXPECT_THAT(reply.body, HasSubstr("\"param\":\"url\""));
  }
}

TEST(AudioUrls, OnlyPublicAddressesAreFetched) {
  Options options = small();
  options.audio.allow_urls = true;
  const LiveServer server(options);
  for (const char* const url :
       {"http://127.0.0.1:1/a.wav", "http://localhost:1/", "http://[::1]:1/",
        "http://169.254.169.254/latest/", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]:1/",
        "http://0.0.0.0:1/", "http://2130706433:1/"}) {
    const Reply reply = server.ask(form_request(kTranscriptions, {{"model", "m"}, {"url", url}}));
    EXPECT_EQ(reply.status, 400U) << url;
    EXPECT_THAT(reply.body, HasSubstr("not a public one")) << url;
  }
}

TEST_F(AudioRoutes, SizesHaveLimits) {
  const std::vector<FormPart> fields = {{"model", "m"}, {"file", std::string(1001, 'x'), "a.wav"}};
  const Reply reply = server_.ask(form_request(kTranscriptions, fields));
  EXPECT_EQ(reply.status, 413U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("request_too_large"));
}

TEST_F(AudioRoutes, WhatIsNoForm) {
  constexpr const char* kBody = R"({"model":"m","url":"x"})";
  const Reply text = server_.ask({"POST", kTranscriptions, {{"content-type", "text/plain"}}, kBody});
  EXPECT_EQ(text.status, 400U);
  EXPECT_THAT(text.body, HasSubstr("multipart/form-data"));
  // JSON is read as the fields of a form: it is the address that is wrong.
  const Reply json = server_.ask({"POST", kTranscriptions, {{"content-type", "application/json"}}, kBody});
  EXPECT_EQ(json.status, 400U);
  EXPECT_THAT(json.body, HasSubstr("neither an http address nor base64"));
  const Reply cut = server_.ask(
      {"POST", kTranscriptions, {{"content-type", "multipart/form-data; boundary=b"}}, "--b\r\n"});
  EXPECT_EQ(cut.status, 400U) << cut.body;
}

// By the limits: the least that is billed when it begins, the rest when the length is known.
TEST_F(AudioRoutes, SecondsAreLimitedAndNoted) {
  service::LimitRules rules;
  rules.defaults = service::parse_limits("ash=60").value();
  server_.metering.replace_rules(rules);
  const auto noted = [&] {
    EXPECT_TRUE(server_.ledger.flush());
    std::int64_t seconds = 0;
    const auto rows = server_.ledger.sum({.first_day = 0, .last_day = 1'000'000, .most = 100});
    for (const store::UsageRow& row : rows.value()) seconds += row.amounts.audio_seconds;
    return seconds;
  };
  script_->say(speech::Finished{"en", 2.5});
  EXPECT_EQ(ask(kTranscriptions, {}).status, 200U);
  EXPECT_EQ(noted(), 10);
  script_->say(speech::Finished{"en", 44.1});
  EXPECT_EQ(ask(kTranscriptions, {{"stream", "true"}}).status, 200U);
  EXPECT_EQ(noted(), 55);
  script_->say(Error{ErrorCode::kInvalidArgument, "damaged", {}});
  const Reply refused = ask(kTranscriptions, {});
  EXPECT_EQ(refused.status, 429U) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("\"type\":\"seconds\""));
}

TEST_F(AudioRoutes, ABadFileCostsNothing) {
  script_->say(Error{ErrorCode::kInvalidArgument, "damaged", {}});
  EXPECT_EQ(ask(kTranscriptions, {}).status, 400U);
  EXPECT_TRUE(server_.ledger.flush());
  const auto rows = server_.ledger.sum({.first_day = 0, .last_day = 1'000'000, .most = 100});
  for (const store::UsageRow& row : rows.value()) EXPECT_EQ(row.amounts.audio_seconds, 0);
}

TEST(AudioOrigins, FormsOfOtherPagesAreRefused) {
  Options options = small();
  options.allowed_origins = {"https://chat.example.org"};
  const LiveServer server(options);
  testing::ClientRequest request = form_request(kTranscriptions, {{"model", "m"}, {"file", "x", "a.wav"}});
  request.headers.push_back({"origin", "https://evil.example.org"});
  EXPECT_THAT(server.ask(request).body, HasSubstr("may not send forms"));
  request.headers.back().value = "https://chat.example.org";
  EXPECT_THAT(server.ask(request).body, HasSubstr("no transcriptions"));
}

TEST_F(AudioRoutes, ModelsThatAreNotThereAndServersThatStop) {
  server_.on_open = [](std::string_view) { return fail(ErrorCode::kNotFound, "no model", "model"); };
  Reply reply = ask(kTranscriptions, {});
  EXPECT_EQ(reply.status, 404U);
  EXPECT_THAT(reply.body, HasSubstr("The model `whisper` does not exist"));
  server_.readiness = Readiness::kDraining;
  reply = ask(kTranscriptions, {});
  EXPECT_EQ(reply.status, 503U);
}

TEST_F(AudioRoutes, NoModelSpeaks) {
  const auto speak = [&](std::string body) {
    return server_.ask(
        {"POST", "/openai/v1/audio/speech", {{"content-type", "application/json"}}, std::move(body)});
  };
  Reply reply =
      speak(R"({"model":"playai-tts","input":"Hi","voice":"Fritz-PlayAI","response_format":"wav"})");
  EXPECT_EQ(reply.status, 404U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"code\":\"model_not_found\""));
  for (const char* const body :
       {R"({"input":"Hi","voice":"v"})", R"({"model":"m","voice":"v"})", R"({"model":"m","input":"Hi"})",
        R"({"model":"m","input":"","voice":"v"})", R"({"model":"m","input":"Hi","voice":"v","speed":6})",
        R"({"model":"m","input":"Hi","voice":"v","sample_rate":1})",
        R"({"model":"m","input":"Hi","voice":"v","response_format":"aac"})",
        R"({"model":"m","input":"Hi","voice":"v","x":1})", "no json"}) {
    EXPECT_EQ(speak(body).status, 400U) << body;
  }
}

}  // namespace
}  // namespace peregrine::api
