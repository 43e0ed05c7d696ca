#include "api/api.h"

#include <unistd.h>

#include <utility>

namespace peregrine::api {
namespace {

// What the request asks for is checked before a process is started for its sound.
Result<std::unique_ptr<service::TranscriptionStream>> start_transcription(
    const service::TranscriptionRequest& request, int file, service::ModelLease model) {
  if (auto status = service::check_transcription(request, *model); !status) {
    ::close(file);
    return tl::unexpected(std::move(status.error()));
  }
  auto audio = sound::open_audio(file, sound::DecodeOptions());
  if (!audio) {
    audio.error().where = audio.error().code == ErrorCode::kInvalidArgument ? "file" : "";
    return tl::unexpected(std::move(audio.error()));
  }
  return service::start_transcription(request, std::move(*audio), std::move(model));
}

}  // namespace

Services make_services(service::ModelLibrary& library, const service::KeyRing& keys, base::Metrics& metrics,
                       const std::atomic<Readiness>& readiness, service::Responses& responses,
                       service::Files* files) {
  return {
      [&library](std::string_view id) { return library.open(id); },
      service::start_chat,
      service::start_embeddings,
      service::start_ranking,
      start_transcription,
      [&library] { return library.models(); },
      keys,
      metrics,
      readiness,
      &responses,
      files,
      nullptr,
      nullptr,
      [&library](std::string_view id) { return library.resolve(id); },
  };
}

}  // namespace peregrine::api
