#include <string_view>

#include "api/json/document.h"
#include "api/json/schema.h"
#include "api/reranking/wire.h"

namespace peregrine::api {
namespace {

using service::RankingRequest;

Status read_model(const Json& value, const Path& path, RankingRequest& request) {
  PEREGRINE_ASSIGN(request.model, read_model_id(value, path));
  return {};
}

Status read_query(const Json& value, const Path& path, RankingRequest& request) {
  PEREGRINE_ASSIGN(request.query, read_text(value, path, kMaxRankedTextBytes));
  return {};
}

Status read_documents(const Json& value, const Path& path, RankingRequest& request) {
  PEREGRINE_ASSIGN(const boost::json::array* const items,
                   read_array(value, path, 1, service::kMaxRankedDocuments));
  for (std::size_t i = 0; i < items->size(); ++i) {
    PEREGRINE_ASSIGN(const std::string_view text, read_text((*items)[i], path / i, kMaxRankedTextBytes));
    request.documents.emplace_back(text);
  }
  return {};
}

Status read_instruction(const Json& value, const Path& path, RankingRequest& request) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  request.instruction = text;
  return {};
}

constexpr Field<RankingRequest> kFields[] = {
    {"model", read_model, Presence::kRequired},
    {"query", read_query, Presence::kRequired},
    {"docs", read_documents, Presence::kRequired},
    {"instruction", read_instruction},
};

}  // namespace

Result<RankingRequest> parse_ranking_request(std::string_view body) {
  return parse_body<RankingRequest>(body, kFields);
}

}  // namespace peregrine::api
