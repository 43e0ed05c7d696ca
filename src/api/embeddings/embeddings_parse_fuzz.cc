// Any bytes as a request for embeddings, and as one for reranking: parsed or refused, never worse. What is
// accepted obeys the ranges that the rest of the house relies on.
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "api/embeddings/wire.h"
#include "api/reranking/wire.h"
#include "api/testing/parse_fuzz.h"
#include "base/utf8.h"

namespace {

using peregrine::api::testing::check_refusal;
using peregrine::api::testing::require;

void check_text(const std::string& text, std::size_t max_bytes) {
  require(!text.empty() && text.size() <= max_bytes && peregrine::base::utf8_valid(text));
}

void check_accepted(const peregrine::api::EmbeddingsCall& call) {
  const auto& inputs = call.request.inputs;
  check_text(call.request.model, 256);
  require(!inputs.empty() && inputs.size() <= peregrine::service::kMaxEmbeddingInputs);
  require(call.list || inputs.size() == 1);
  for (const auto& input : inputs) {
    if (const auto* text = std::get_if<std::string>(&input)) {
      check_text(*text, peregrine::api::kMaxEmbeddingInputBytes);
      continue;
    }
    const auto& tokens = std::get<std::vector<peregrine::model::TokenId>>(input);
    require(!tokens.empty());
    for (const auto token : tokens) require(token >= 0);
  }
  require(call.request.dimensions.value_or(1) >= 1);
}

void check_accepted(const peregrine::service::RankingRequest& request) {
  check_text(request.model, 256);
  check_text(request.query, peregrine::api::kMaxRankedTextBytes);
  require(!request.documents.empty());
  require(request.documents.size() <= peregrine::service::kMaxRankedDocuments);
  for (const std::string& text : request.documents) check_text(text, peregrine::api::kMaxRankedTextBytes);
}

template <class Call>
void check(const peregrine::Result<Call>& call) {
  if (call) {
    check_accepted(*call);
    return;
  }
  check_refusal(call.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(data, data + size);
  check(peregrine::api::parse_embeddings_call(body));
  check(peregrine::api::parse_ranking_request(body));
  return 0;
}
