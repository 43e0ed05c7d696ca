#include "api/api.h"

#include <fmt/format.h>

#include <utility>

namespace peregrine::api {
namespace {

Result<std::unique_ptr<service::ChatStream>> start_chat(const service::ChatRequest& request,
                                                        service::ModelLease model) {
  if (model->engine == nullptr) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("The model `{}` does not support chat completions", request.model), "model");
  }
  return service::start_chat(request, std::move(model));
}

}  // namespace

Services make_services(service::ModelLibrary& library, const service::KeyRing& keys, base::Metrics& metrics,
                       const std::atomic<Readiness>& readiness, service::Responses& responses) {
  return {
      [&library](std::string_view id) { return library.open(id); },
      start_chat,
      service::start_embeddings,
      service::start_ranking,
      [&library] { return library.models(); },
      keys,
      metrics,
      readiness,
      &responses,
  };
}

}  // namespace peregrine::api
