#include <utility>

#include "api/api.h"
#include "service/adapters/tuned_chat.h"

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

void serve_tuned_models(Services& services, service::ModelLibrary& library, service::TunedModels& tuned) {
  services.tuned = &tuned;
  services.open_model = [&library](std::string_view id) {
    return library.open(service::is_tuned_id(id) ? service::tuned_base(id) : id);
  };
  services.start_chat = [&tuned](const service::ChatRequest& request, service::ModelLease model) {
    return service::start_tuned_chat(tuned, request, std::move(model));
  };
}

}  // namespace peregrine::api
