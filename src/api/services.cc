#include "api/api.h"

namespace peregrine::api {

Services make_services(service::ModelLibrary& library, const service::KeyRing& keys, base::Metrics& metrics,
                       const std::atomic<Readiness>& readiness) {
  return {
      [&library](std::string_view id) { return library.open(id); },
      service::start_chat,
      [&library] { return library.models(); },
      keys,
      metrics,
      readiness,
  };
}

}  // namespace peregrine::api
