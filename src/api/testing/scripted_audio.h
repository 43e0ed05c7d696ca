// A transcription that hears what a test tells it to, and the forms that ask for one. For tests only.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/testing/client.h"
#include "api/testing/scripted_chat.h"
#include "service/transcription/transcription.h"

namespace peregrine::api::testing {

using AudioScript = EventScript<speech::Event>;

class ScriptedTranscription final : public service::TranscriptionStream {
 public:
  explicit ScriptedTranscription(std::shared_ptr<AudioScript> script) : script_(std::move(script)) {}
  ScriptedTranscription(const ScriptedTranscription&) = delete;
  ScriptedTranscription& operator=(const ScriptedTranscription&) = delete;
  ~ScriptedTranscription() override { script_->end(); }

  std::optional<speech::Event> poll() override { return script_->next(); }
  void on_ready(std::function<void()> callback) override { script_->on_ready(std::move(callback)); }

 private:
  std::shared_ptr<AudioScript> script_;
};

struct FormPart {
  std::string name;
  std::string value;
  std::string filename = {};  // not empty: a file
};

inline ClientRequest form_request(std::string target, const std::vector<FormPart>& parts) {
  std::string body;
  for (const FormPart& part : parts) {
    body += "--frontier\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
    if (!part.filename.empty()) {
      body += "; filename=\"" + part.filename + "\"\r\nContent-Type: application/octet-stream";
    }
    body += "\r\n\r\n" + part.value + "\r\n";
  }
  body += "--frontier--\r\n";
  return {"POST",
          std::move(target),
          {{"content-type", "multipart/form-data; boundary=frontier"}},
          std::move(body)};
}

inline speech::Segment segment(std::uint32_t id, double start, double end, std::string text) {
  speech::Segment made;
  made.id = id;
  made.start = start;
  made.end = end;
  made.text = std::move(text);
  made.tokens = {50365, 100, 50415};
  made.avg_logprob = -0.25F;
  made.compression_ratio = 1.5F;
  made.no_speech_prob = 0.125F;
  return made;
}

}  // namespace peregrine::api::testing
