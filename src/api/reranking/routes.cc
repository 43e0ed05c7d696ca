#include "api/reranking/routes.h"

#include <utility>

#include "api/entry/one_answer.h"
#include "api/reranking/wire.h"

namespace peregrine::api {
namespace {

using service::RankingRequest;

Result<std::unique_ptr<service::PendingRanking>> start(const Services& services,
                                                       const RankingRequest& request,
                                                       service::ModelLease model) {
  return services.start_ranking(request, std::move(model));
}

constexpr OneAnswer<RankingRequest, service::Ranking> kRanking = {
    .parse = parse_ranking_request,
    .model = [](const RankingRequest& request) -> const std::string& { return request.model; },
    .set_admit = [](RankingRequest& request, service::Admit admit) { request.admit = std::move(admit); },
    .start = start,
    .explain =
        [](const Error& error, const RankingRequest& request) {
          return embedding_error(error, request.model, error.where);
        },
    .render = render_ranking,
    .used =
        [](const service::Ranking& answer) { return service::Used{.prompt_tokens = answer.prompt_tokens}; },
};

}  // namespace

void add_reranking_routes(http::Router& router, const Services& services) {
  add_api_route(router, services, "POST", "/reranking",
                [services](http::Exchange& exchange) { return answer_once(exchange, services, kRanking); });
}

}  // namespace peregrine::api
