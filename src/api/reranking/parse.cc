#include <fmt/format.h>

#include <string>

#include "api/json/document.h"
#include "api/json/schema.h"
#include "api/reranking/wire.h"

namespace peregrine::api {
namespace {

constexpr std::size_t kMaxModelIdBytes = 256;

using service::RankingRequest;

template <std::size_t max_bytes>
Result<std::string> read_text(const Json& value, const Path& path) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  if (text.empty()) return wrong(path, "minimum string length is 1");
  if (text.size() > max_bytes) return wrong(path, fmt::format("maximum string length is {}", max_bytes));
  return std::string(text);
}

template <std::string RankingRequest::* member, std::size_t max_bytes>
Status read_member(const Json& value, const Path& path, RankingRequest& request) {
  PEREGRINE_ASSIGN(request.*member, read_text<max_bytes>(value, path));
  return {};
}

Status read_documents(const Json& value, const Path& path, RankingRequest& request) {
  PEREGRINE_ASSIGN(const boost::json::array* const items,
                   read_array(value, path, 1, service::kMaxRankedDocuments));
  for (std::size_t i = 0; i < items->size(); ++i) {
    PEREGRINE_ASSIGN(std::string text, read_text<kMaxRankedTextBytes>((*items)[i], path / i));
    request.documents.push_back(std::move(text));
  }
  return {};
}

Status read_instruction(const Json& value, const Path& path, RankingRequest& request) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  request.instruction = text;
  return {};
}

constexpr Field<RankingRequest> kFields[] = {
    {"model", read_member<&RankingRequest::model, kMaxModelIdBytes>, Presence::kRequired},
    {"query", read_member<&RankingRequest::query, kMaxRankedTextBytes>, Presence::kRequired},
    {"docs", read_documents, Presence::kRequired},
    {"instruction", read_instruction},
};

}  // namespace

Result<RankingRequest> parse_ranking_request(std::string_view body) {
  PEREGRINE_ASSIGN(const Json document, parse_document(body));
  RankingRequest request;
  PEREGRINE_TRY(read_object<RankingRequest>(document, Path(), kFields, request));
  return request;
}

}  // namespace peregrine::api
