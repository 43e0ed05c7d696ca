#include "api/embeddings/routes.h"

#include <utility>

#include "api/embeddings/wire.h"
#include "api/entry/one_answer.h"

namespace peregrine::api {
namespace {

Result<std::unique_ptr<service::PendingEmbeddings>> start(const Services& services,
                                                          const EmbeddingsCall& call,
                                                          service::ModelLease model) {
  return services.start_embeddings(call.request, std::move(model));
}

ApiError explain(const Error& error, const EmbeddingsCall& call) {
  // The only input has no index where it is no list.
  const bool indexed = error.where.starts_with("input[");
  return embedding_error(error, call.request.model, indexed && !call.list ? "input" : error.where);
}

constexpr OneAnswer<EmbeddingsCall, service::Embeddings> kEmbeddings = {
    .parse = parse_embeddings_call,
    .model = [](const EmbeddingsCall& call) -> const std::string& { return call.request.model; },
    .set_admit = [](EmbeddingsCall& call, service::Admit admit) { call.request.admit = std::move(admit); },
    .start = start,
    .explain = explain,
    .render = render_embeddings,
    .used =
        [](const service::Embeddings& answer) {
          return service::Used{.prompt_tokens = answer.prompt_tokens};
        },
};

}  // namespace

void add_embeddings_routes(http::Router& router, const Services& services) {
  add_api_route(router, services, "POST", "/embeddings", [services](http::Exchange& exchange) {
    return answer_once(exchange, services, kEmbeddings);
  });
}

}  // namespace peregrine::api
