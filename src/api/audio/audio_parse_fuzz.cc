// A form of any fields becomes a call or a refusal, never worse; what is accepted obeys the ranges that the
// rest of the house relies on. Lines of the input are fields, "name=value"; one named "file" is a file of
// that name.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "api/audio/base64.h"
#include "api/audio/wire.h"
#include "api/json/writer.h"
#include "base/utf8.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

peregrine::http::Form form_of(std::string_view text) {
  peregrine::http::Form form;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
    const std::size_t sign = line.find('=');
    if (sign == std::string_view::npos) continue;
    std::string name = peregrine::base::utf8_sanitize(line.substr(0, sign));
    std::string value = peregrine::base::utf8_sanitize(line.substr(sign + 1));
    if (name == "file") {
      peregrine::http::UploadedFile file;
      file.field = std::move(name);
      file.size = value.size();
      file.filename = std::move(value);
      form.files.push_back(std::move(file));
    } else {
      form.fields.push_back({std::move(name), std::move(value)});
    }
  }
  return form;
}

void check_accepted(const peregrine::api::AudioCall& call) {
  const peregrine::service::TranscriptionRequest& request = call.request;
  require(!request.model.empty() && request.model.size() <= 256);
  require(request.temperature >= 0.0F && request.temperature <= 1.0F);
  require(request.prompt.size() <= peregrine::api::kMaxPromptBytes && request.language.size() <= 64);
  require(request.words == call.words);
  require(!call.words || call.format == peregrine::api::TranscriptFormat::kVerboseJson);
  require(!call.url.empty());  // files have no descriptor here
  if (const auto bytes =
          peregrine::api::decode_base64(peregrine::api::base64_of_data_url(call.url).value_or(call.url))) {
    require(bytes->size() <= call.url.size() / 4 * 3 + 2);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto task =
      data[0] % 2 == 0 ? peregrine::speech::Task::kTranscribe : peregrine::speech::Task::kTranslate;
  const auto call =
      peregrine::api::parse_audio_form(form_of({reinterpret_cast<const char*>(data) + 1, size - 1}), task);
  if (call) {
    check_accepted(*call);
    return 0;
  }
  require(call.error().code == peregrine::ErrorCode::kInvalidArgument && !call.error().message.empty());
  require(call.error().message.size() < 4096 && call.error().where.size() < 16384);
  std::string rendered;
  peregrine::api::append_json_string(rendered, call.error().message);
  require(peregrine::base::utf8_valid(rendered));
  return 0;
}
