#include "api/api.h"

namespace peregrine::api {

Services make_services(service::ModelLibrary& library, const service::KeyRing& keys, base::Metrics& metrics,
                       const std::atomic<Readiness>& readiness, service::Responses& responses,
                       service::Files* files) {
  return {
      [&library](std::string_view id) { return library.open(id); },
      service::start_chat,
      service::start_embeddings,
      service::start_ranking,
      service::transcribe_file,
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
