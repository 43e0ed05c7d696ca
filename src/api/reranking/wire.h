// POST /openai/v1/reranking: what a body says, and the list it is answered with.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "service/embeddings/reranking.h"

namespace peregrine::api {

inline constexpr std::size_t kMaxRankedTextBytes = std::size_t{1} << 20;  // of the query, and of a document

// The body, checked once. Errors are kInvalidArgument with a message for the client and the offending path as
// `where`.
Result<service::RankingRequest> parse_ranking_request(std::string_view body);

std::string render_ranking(const service::RankingRequest& request, const service::Ranking& ranking);

}  // namespace peregrine::api
