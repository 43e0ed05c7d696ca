#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "api/embeddings/wire.h"
#include "api/json/document.h"
#include "api/json/schema.h"

namespace peregrine::api {
namespace {

constexpr std::int64_t kMaxTokenId = std::numeric_limits<std::int32_t>::max();

using Input = service::EmbeddingsRequest::Input;

Status read_model(const Json& value, const Path& path, EmbeddingsCall& call) {
  PEREGRINE_ASSIGN(call.request.model, read_model_id(value, path));
  return {};
}

Result<Input> read_text_input(const Json& value, const Path& path) {
  PEREGRINE_ASSIGN(const std::string_view text, read_text(value, path, kMaxEmbeddingInputBytes));
  return std::string(text);
}

Result<Input> read_token_input(const Json& value, const Path& path) {
  PEREGRINE_ASSIGN(const boost::json::array* const ids, read_array(value, path, 1));
  std::vector<model::TokenId> tokens;
  tokens.reserve(ids->size());
  for (std::size_t i = 0; i < ids->size(); ++i) {
    PEREGRINE_ASSIGN(const std::int64_t id, read_integer((*ids)[i], path / i, 0, kMaxTokenId));
    tokens.push_back(static_cast<model::TokenId>(id));
  }
  return tokens;
}

// A list is of texts or of lists of tokens, as its first item is.
Status read_inputs(const Json& value, const Path& path, EmbeddingsCall& call) {
  PEREGRINE_ASSIGN(const boost::json::array* const items,
                   read_array(value, path, 1, service::kMaxEmbeddingInputs));
  call.list = true;
  const bool texts = items->front().is_string();
  for (std::size_t i = 0; i < items->size(); ++i) {
    auto input = texts ? read_text_input((*items)[i], path / i) : read_token_input((*items)[i], path / i);
    if (!input) return tl::unexpected(std::move(input.error()));
    call.request.inputs.push_back(std::move(*input));
  }
  return {};
}

Status read_input(const Json& value, const Path& path, EmbeddingsCall& call) {
  if (value.is_string()) {
    PEREGRINE_ASSIGN(Input input, read_text_input(value, path));
    call.request.inputs.push_back(std::move(input));
    return {};
  }
  if (!value.is_array()) return wrong(path, "value must be a string or an array of strings, or of token ids");
  const boost::json::array& items = value.get_array();
  if (!items.empty() && items.front().is_number()) {
    PEREGRINE_ASSIGN(Input input, read_token_input(value, path));
    call.request.inputs.push_back(std::move(input));
    return {};
  }
  const bool list = items.empty() || items.front().is_string() || items.front().is_array();
  if (!list) return wrong(path / 0, "value must be a string, a token id or an array of token ids");
  return read_inputs(value, path, call);
}

Status read_encoding(const Json& value, const Path& path, EmbeddingsCall& call) {
  PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"float", "base64"}));
  call.encoding = index == 0 ? VectorEncoding::kFloat : VectorEncoding::kBase64;
  return {};
}

Status read_dimensions(const Json& value, const Path& path, EmbeddingsCall& call) {
  PEREGRINE_ASSIGN(const std::int64_t dimensions, read_integer(value, path, 1, kMaxTokenId));
  call.request.dimensions = static_cast<std::uint32_t>(dimensions);
  return {};
}

// Accepted without effect.
Status check_user(const Json& value, const Path& path, EmbeddingsCall&) {
  PEREGRINE_TRY(read_string(value, path).map([](std::string_view) {}));
  return {};
}

constexpr Field<EmbeddingsCall> kFields[] = {
    {"model", read_model, Presence::kRequired},
    {"input", read_input, Presence::kRequired},
    {"encoding_format", read_encoding},
    {"dimensions", read_dimensions},
    {"user", check_user},
};

}  // namespace

Result<EmbeddingsCall> parse_embeddings_call(std::string_view body) {
  return parse_body<EmbeddingsCall>(body, kFields);
}

}  // namespace peregrine::api
