// Documents in the order in which they fit a query, as a use case of cross-encoders: query and document are
// read together, and the classifier's logit becomes a score.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "service/embeddings/pending.h"
#include "service/library/library.h"
#include "service/metering/admission.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxRankedDocuments = 100;

struct RankingRequest {
  std::string model = {};
  std::string query = {};
  std::vector<std::string> documents = {};  // 1 .. kMaxRankedDocuments
  std::optional<std::string> instruction = {};
  Admit admit = {};  // asked when the documents are known to fit
};

struct Ranking {
  struct Place {
    std::size_t document = 0;  // index in the request
    float score = 0.0F;        // 0..1: the logistic function of the model's logit
  };
  std::vector<Place> places;        // best first; equals in the order of the request
  std::uint64_t prompt_tokens = 0;  // of all pairs of query and document
};

using PendingRanking = Pending<Ranking>;

// As start_embeddings(); `where` is "model" (no cross-encoder), "instruction" (which none takes), "query" or
// "docs[3]".
Result<std::unique_ptr<PendingRanking>> start_ranking(const RankingRequest& request, ModelLease model);

}  // namespace peregrine::service
