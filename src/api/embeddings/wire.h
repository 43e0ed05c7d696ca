// POST /openai/v1/embeddings: what a body says, and the list it is answered with.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "service/embeddings/embeddings.h"

namespace peregrine::api {

inline constexpr std::size_t kMaxEmbeddingInputBytes = std::size_t{1} << 20;  // of one text

enum class VectorEncoding { kFloat, kBase64 };

struct EmbeddingsCall {
  service::EmbeddingsRequest request;
  bool list = false;  // `input` was a list of inputs, not one
  VectorEncoding encoding = VectorEncoding::kFloat;
};

// The body, checked once. Errors are kInvalidArgument with a message for the client and the offending path as
// `where`.
Result<EmbeddingsCall> parse_embeddings_call(std::string_view body);

std::string render_embeddings(const EmbeddingsCall& call, const service::Embeddings& embeddings);

}  // namespace peregrine::api
