// Forms to calls, by a table of rows: fields that are added to a good form, and what comes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <array>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "api/audio/wire.h"

namespace peregrine::api {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;

json::array rows() {
  const auto file = std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests" / "api" / "audio_requests.json";
  std::ifstream in(file, std::ios::binary);
  return json::parse(std::string(std::istreambuf_iterator<char>(in), {})).as_array();
}

std::string text(const json::value& value) {
  return std::string(value.as_string());
}

http::UploadedFile upload(const std::string& field, const std::string& filename, std::uint64_t size = 10) {
  http::UploadedFile file;
  file.field = field;
  file.filename = filename;
  file.size = size;
  file.file = http::FileDescriptor(::memfd_create("sound", MFD_CLOEXEC));
  return file;
}

// {"fields": [["name", "value"]...], "file": "a.wav" (null: none), "files": [["field", "name"]...]}
http::Form form_of(const json::object& row) {
  http::Form form;
  if (!row.contains("without_model")) form.fields.push_back({"model", "m"});
  if (const json::value* fields = row.if_contains("fields")) {
    for (const json::value& field : fields->as_array()) {
      form.fields.push_back({text(field.as_array()[0]), text(field.as_array()[1])});
    }
  }
  const json::value* file = row.if_contains("file");
  if (file == nullptr) {
    form.files.push_back(upload("file", "sound.wav"));
  } else if (!file->is_null()) {
    form.files.push_back(upload("file", text(*file), row.contains("empty") ? 0 : 10));
  }
  if (const json::value* field = row.if_contains("file_field")) form.files.front().field = text(*field);
  return form;
}

json::object seen(const AudioCall& call) {
  constexpr std::array<const char*, 5> kFormats = {"json", "text", "verbose_json", "srt", "vtt"};
  return {{"model", call.request.model},
          {"language", call.request.language},
          {"prompt", call.request.prompt},
          {"temperature", static_cast<double>(call.request.temperature)},
          {"format", kFormats[static_cast<std::size_t>(call.format)]},
          {"words", call.words},
          {"times_of_words", call.request.words},
          {"segments", call.segments},
          {"stream", call.stream},
          {"url", call.url},
          {"file", call.file.get() >= 0}};
}

TEST(AudioParse, RowsOfTheTable) {
  std::size_t refused = 0;
  std::set<std::string> names;
  for (const json::value& value : rows()) {
    const json::object& row = value.as_object();
    const std::string name = text(row.at("name"));
    EXPECT_TRUE(names.insert(name).second) << name;
    const bool translates = row.contains("translate");
    const auto call =
        parse_audio_form(form_of(row), translates ? speech::Task::kTranslate : speech::Task::kTranscribe);
    if (const json::value* expected = row.if_contains("expect")) {
      ASSERT_TRUE(call) << name << ": " << call.error().text();
      const json::object got = seen(*call);
      for (const auto& [key, wanted] : expected->as_object())
        EXPECT_EQ(got.at(key), wanted) << name << ": " << key;
      continue;
    }
    ++refused;
    ASSERT_FALSE(call) << name;
    const json::object& error = row.at("error").as_object();
    EXPECT_EQ(call.error().code, ErrorCode::kInvalidArgument) << name;
    EXPECT_EQ(call.error().where, text(error.at("param"))) << name << ": " << call.error().text();
    EXPECT_THAT(call.error().message, HasSubstr(text(error.at("message")))) << name;
  }
  EXPECT_GT(refused, 30U);
}

TEST(AudioParse, LongTextsAreBounded) {
  const std::pair<std::string, std::size_t> kRows[] = {
      {"prompt", kMaxPromptBytes}, {"model", 256}, {"language", 64}};
  for (const auto& [field, bytes] : kRows) {
    http::Form form;
    if (field != "model") form.fields.push_back({"model", "m"});
    form.files.push_back(upload("file", "a.wav"));
    form.fields.push_back({field, std::string(bytes, 'x')});
    http::Form longer;
    for (const http::FormField& f : form.fields) longer.fields.push_back(f);
    longer.fields.back().value += 'x';
    longer.files.push_back(upload("file", "a.wav"));
    EXPECT_TRUE(parse_audio_form(std::move(form), speech::Task::kTranscribe)) << field;
    const auto refused = parse_audio_form(std::move(longer), speech::Task::kTranscribe);
    ASSERT_FALSE(refused) << field;
    EXPECT_EQ(refused.error().where, field);
  }
}

}  // namespace
}  // namespace peregrine::api
