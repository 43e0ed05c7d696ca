#include "api/api.h"
#include "service/library/library.h"

namespace peregrine::api {

Services make_services(const service::ChatService& chat, const service::ModelLibrary& library,
                       const service::KeyRing& keys, base::Metrics& metrics,
                       const std::atomic<Readiness>& readiness) {
  return {
      [&chat](const service::ChatRequest& request) { return chat.start(request); },
      [&library] {
        std::vector<ModelCard> cards;
        for (const auto& model : library.models()) {
          cards.push_back({model->id, model->created, model->context_window, model->context_window});
        }
        return cards;
      },
      keys,
      metrics,
      readiness,
  };
}

}  // namespace peregrine::api
