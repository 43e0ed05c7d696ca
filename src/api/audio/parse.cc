#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "api/audio/wire.h"
#include "api/json/path.h"
#include "api/json/schema.h"
#include "speech/languages.h"

namespace peregrine::api {
namespace {

constexpr std::size_t kMaxModelIdBytes = 256;
constexpr std::size_t kMaxLanguageBytes = 64;

constexpr std::array<std::string_view, 10> kExtensions = {"flac", "mp3", "mp4",  "mpeg", "mpga",
                                                          "m4a",  "ogg", "opus", "wav",  "webm"};

tl::unexpected<Error> refused(std::string message, std::string_view field) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), std::string(field));
}

Status read_model(const std::string& value, AudioCall& call) {
  const Path root;
  if (value.empty()) return wrong(root / "model", "minimum string length is 1");
  if (value.size() > kMaxModelIdBytes)
    return wrong(root / "model", fmt::format("maximum string length is {}", kMaxModelIdBytes));
  call.request.model = value;
  return {};
}

Status read_url(const std::string& value, AudioCall& call) {
  if (value.empty()) return wrong(Path() / "url", "minimum string length is 1");
  call.url = value;
  return {};
}

// The service knows which languages there are.
Status read_language(const std::string& value, AudioCall& call) {
  if (value.size() > kMaxLanguageBytes)
    return wrong(Path() / "language", fmt::format("maximum string length is {}", kMaxLanguageBytes));
  call.request.language = value;
  return {};
}

Status read_prompt(const std::string& value, AudioCall& call) {
  if (value.size() > kMaxPromptBytes)
    return wrong(Path() / "prompt", fmt::format("maximum string length is {}", kMaxPromptBytes));
  call.request.prompt = value;
  return {};
}

Status read_format(const std::string& value, AudioCall& call) {
  constexpr std::array<std::string_view, 5> kNames = {"json", "text", "verbose_json", "srt", "vtt"};
  const auto* const found = std::find(kNames.begin(), kNames.end(), value);
  if (found == kNames.end()) {
    return wrong(Path() / "response_format",
                 "value must be one of 'json', 'text', 'verbose_json', 'srt', 'vtt'");
  }
  call.format = static_cast<TranscriptFormat>(found - kNames.begin());
  return {};
}

Status read_temperature(const std::string& value, AudioCall& call) {
  const Path root;
  const Path path = root / "temperature";
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number)) {
    return wrong(path, "value must be a number");
  }
  if (number < 0) return wrong(path, "number must be at least 0");
  if (number > 1) return wrong(path, "number must be at most 1");
  call.request.temperature = static_cast<float>(number);
  return {};
}

Status read_stream(const std::string& value, AudioCall& call) {
  if (value != "true" && value != "false") return wrong(Path() / "stream", "value must be a boolean");
  call.stream = value == "true";
  return {};
}

struct FormFieldReader {
  std::string_view name;
  Status (*read)(const std::string& value, AudioCall& call);
};

constexpr FormFieldReader kFields[] = {
    {"model", read_model},
    {"url", read_url},
    {"language", read_language},
    {"prompt", read_prompt},
    {"response_format", read_format},
    {"temperature", read_temperature},
    {"stream", read_stream},
};
constexpr std::string_view kGranularities = "timestamp_granularities";

// "timestamp_granularities[]" is how forms spell arrays; some clients number the items, or leave it out.
bool names_granularities(std::string_view name) {
  if (!name.starts_with(kGranularities)) return false;
  name.remove_prefix(kGranularities.size());
  if (name.empty() || name == "[]") return true;
  if (!name.starts_with('[') || !name.ends_with(']') || name.size() > 4) return false;
  const std::string_view index = name.substr(1, name.size() - 2);
  return std::all_of(index.begin(), index.end(), [](char c) { return c >= '0' && c <= '9'; });
}

tl::unexpected<Error> unknown_field(std::string_view name) {
  std::vector<std::string_view> names = {"file", "timestamp_granularities[]"};
  for (const FormFieldReader& field : kFields) names.push_back(field.name);
  return schema_detail::unsupported_property(Path(), name, names);
}

// What is asked for wins over the default; each may be asked for more than once.
struct Granularities {
  bool words = false;
  bool segments = false;

  Status read(std::string_view value) {
    if (value != "word" && value != "segment") {
      return refused("'timestamp_granularities' : value must be one of 'word', 'segment'",
                     "timestamp_granularities[]");
    }
    (value == "word" ? words : segments) = true;
    return {};
  }
};

std::string lower_extension(std::string_view filename) {
  const std::size_t dot = filename.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string extension(filename.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

Status take_file(http::Form& form, AudioCall& call) {
  for (http::UploadedFile& upload : form.files) {
    if (upload.field != "file") return unknown_field(upload.field);
    const std::string extension = lower_extension(upload.filename);
    if (std::find(kExtensions.begin(), kExtensions.end(), extension) == kExtensions.end()) {
      return refused(
          "file must be one of the following types: [flac mp3 mp4 mpeg mpga m4a ogg opus wav webm]", "file");
    }
    if (upload.size == 0) return refused("the file is empty", "file");
    call.file = std::move(upload.file);
  }
  return {};
}

Status read_fields(const http::Form& form, AudioCall& call) {
  Granularities asked;
  std::array<bool, std::size(kFields)> seen{};
  for (const http::FormField& field : form.fields) {
    if (names_granularities(field.name)) {
      PEREGRINE_TRY(asked.read(field.value));
      continue;
    }
    if (field.name == "file") {
      return refused("'file' : must be a file, with a name", "file");
    }
    const auto* const reader = std::find_if(std::begin(kFields), std::end(kFields),
                                            [&](const auto& known) { return known.name == field.name; });
    if (reader == std::end(kFields)) return unknown_field(field.name);
    if (std::exchange(seen[static_cast<std::size_t>(reader - kFields)], true)) {
      return refused(fmt::format("'{}' : is there twice", reader->name), reader->name);
    }
    PEREGRINE_TRY(reader->read(field.value, call));
  }
  if (asked.words || asked.segments) {
    call.words = asked.words;
    call.segments = asked.segments;
  }
  return {};
}

// The language of a translation is that of its text, which is English.
Status check_target(AudioCall& call) {
  std::string& language = call.request.language;
  if (call.request.task != speech::Task::kTranslate || language.empty()) return {};
  const auto known = speech::find_language(language);
  if (!known || known->code != "en") {
    return refused("'language' : translations are into English; only 'en' may be given", "language");
  }
  language.clear();
  return {};
}

}  // namespace

Result<AudioCall> parse_audio_form(http::Form form, speech::Task task) {
  AudioCall call;
  call.request.task = task;
  PEREGRINE_TRY(read_fields(form, call));
  PEREGRINE_TRY(take_file(form, call));
  if (call.request.model.empty()) return schema_detail::missing_property(Path(), "model");
  if (call.file.get() >= 0 && !call.url.empty()) {
    return refused("only one of `file` and `url` may be given", "url");
  }
  if (call.file.get() < 0 && call.url.empty()) {
    return refused("one of `file` and `url` is required", "file");
  }
  const bool json = call.format == TranscriptFormat::kJson || call.format == TranscriptFormat::kVerboseJson;
  if (call.stream && !json) {
    return refused("'stream' : is supported with the response formats 'json' and 'verbose_json'", "stream");
  }
  PEREGRINE_TRY(check_target(call));
  // Times of words cost time, and only that format shows them.
  call.words = call.words && call.format == TranscriptFormat::kVerboseJson;
  call.request.words = call.words;
  return call;
}

}  // namespace peregrine::api
