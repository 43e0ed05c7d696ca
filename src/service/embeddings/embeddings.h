// Texts to vectors as a use case: tokens around each text as the model wants them, the context checked, the
// vectors of length 1. What a text is embedded for (nomic's "search_query: " and the like) is the caller's to
// write in front of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "engine/embed/embedder.h"
#include "service/embeddings/pending.h"
#include "service/library/library.h"
#include "service/metering/admission.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxEmbeddingInputs = 2048;

struct EmbeddingsRequest {
  // A text, or tokens that are taken as they are, special ones included or not.
  using Input = std::variant<std::string, std::vector<model::TokenId>>;

  std::string model = {};
  std::vector<Input> inputs = {};  // 1 .. kMaxEmbeddingInputs
  // Of a vector: its first so many values, of length 1 again. Only of models that were trained for it.
  std::optional<std::uint32_t> dimensions = {};
  Admit admit = {};  // asked when the inputs are known to fit
};

struct Embeddings {
  std::uint32_t dimensions = 0;
  std::vector<float> values;        // [inputs, dimensions]
  std::uint64_t prompt_tokens = 0;  // with the special ones around texts

  std::size_t size() const { return values.size() / dimensions; }
};

using PendingEmbeddings = Pending<Embeddings>;

// Vectors by `model`, which request.model named; the pending answer keeps the lease. Takes milliseconds for
// long texts: not for a thread that others wait on. Errors:
//   kInvalidArgument     `where` names the field: "model" (it has no vectors), "input" or "input[3]" (empty,
//                        or a token that the model does not have), "dimensions"
//   kResourceExhausted   "input[3]" has more tokens than the model's context; the message has both counts
//   kUnavailable         queue full, or shutting down
//   and those of request.admit
Result<std::unique_ptr<PendingEmbeddings>> start_embeddings(const EmbeddingsRequest& request,
                                                            ModelLease model);

}  // namespace peregrine::service
