#include "service/embeddings/reranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "service/embeddings/embedder_job.h"

namespace peregrine::service {
namespace {

Result<std::vector<model::TokenId>> encode(const text::Tokenizer& tokenizer, std::string_view text,
                                           bool add_special, const std::string& where) {
  auto tokens = tokenizer.encode(text, {.add_special = add_special, .parse_special = false});
  if (!tokens) tokens.error().where = where;
  return tokens;
}

// The pairs as BERT reads them (Devlin et al., 2018): [CLS] query [SEP] document [SEP].
Result<std::vector<engine::EmbedInput>> make_pairs(const RankingRequest& request,
                                                   const text::Tokenizer& tokenizer,
                                                   std::uint32_t context_window) {
  PEREGRINE_ASSIGN(const std::vector<model::TokenId> query, encode(tokenizer, request.query, true, "query"));
  if (!tokenizer.adds_eos() || query.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("The model `{}` has no token between query and document", request.model),
                "model");
  }
  std::vector<engine::EmbedInput> pairs;
  pairs.reserve(request.documents.size());
  for (std::size_t i = 0; i < request.documents.size(); ++i) {
    const std::string where = fmt::format("docs[{}]", i);
    PEREGRINE_ASSIGN(const std::vector<model::TokenId> document,
                     encode(tokenizer, request.documents[i], false, where));
    engine::EmbedInput& pair = pairs.emplace_back();
    pair.second_text = static_cast<std::uint32_t>(query.size());
    pair.tokens.reserve(query.size() + document.size() + 1);
    pair.tokens = query;
    pair.tokens.insert(pair.tokens.end(), document.begin(), document.end());
    pair.tokens.push_back(query.back());
    if (pair.tokens.size() <= context_window) continue;
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("Query and document have {} tokens, but the model's context window is {} tokens.",
                            pair.tokens.size(), context_window),
                where);
  }
  return pairs;
}

Ranking ranked(const engine::EmbedResult& result) {
  Ranking ranking;
  ranking.prompt_tokens = result.tokens;
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const double logit = static_cast<double>(result.values[i]);
    ranking.places.push_back({i, static_cast<float>(1.0 / (1.0 + std::exp(-logit)))});
  }
  // By logit: scores near 1 may be equal where logits are not.
  std::ranges::sort(ranking.places, [&](const Ranking::Place& a, const Ranking::Place& b) {
    const float of_a = result.values[a.document];
    const float of_b = result.values[b.document];
    return of_a != of_b ? of_a > of_b : a.document < b.document;
  });
  return ranking;
}

}  // namespace

Result<std::unique_ptr<PendingRanking>> start_ranking(const RankingRequest& request, ModelLease model) {
  const auto* encoder = model->as<TextEncoder>();
  if (encoder == nullptr || encoder->output() != model::OutputKind::kScore) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("The model `{}` does not support reranking", request.model), "model");
  }
  if (request.instruction) {
    return fail(ErrorCode::kInvalidArgument, "`instruction` is not supported with this model", "instruction");
  }
  PEREGRINE_ASSIGN(std::vector<engine::EmbedInput> pairs,
                   make_pairs(request, *encoder->text.tokenizer, model->context_window));
  PEREGRINE_TRY(admit_inputs(request.admit, pairs));
  PEREGRINE_ASSIGN(auto job, encoder->embedder->submit(std::move(pairs)));
  return std::make_unique<EmbedderJob<Ranking>>(
      std::move(model), std::move(job), [](const engine::EmbedResult& result) { return ranked(result); });
}

}  // namespace peregrine::service
