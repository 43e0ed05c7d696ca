#include "service/embeddings/embeddings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/embed/pooling.h"
#include "service/embeddings/embedder_job.h"

namespace peregrine::service {
namespace {

// Models whose vectors may be cut (Kusupati et al., 2022), by a part of their name. No key of the file says
// so.
constexpr std::array<std::string_view, 3> kMatryoshka = {"nomic-embed-text-v1.5", "mxbai-embed-large",
                                                         "snowflake-arctic-embed-m-v1.5"};

std::string plain_name(std::string_view name) {
  std::string plain(name);
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '_') c = '-';
  }
  return plain;
}

bool may_be_cut(const std::string& model_id, const TextEncoder& encoder) {
  const std::string id = plain_name(model_id);
  const std::string name = plain_name(encoder.model->info().name);
  return std::ranges::any_of(kMatryoshka, [&](std::string_view known) {
    return id.find(known) != std::string::npos || name.find(known) != std::string::npos;
  });
}

Result<std::uint32_t> dimensions_of(const EmbeddingsRequest& request, const std::string& model_id,
                                    const TextEncoder& encoder) {
  const std::uint32_t width = encoder.embedder->width();
  const std::uint32_t wanted = request.dimensions.value_or(width);
  if (wanted == width) return wanted;
  const auto refuse = [](std::string message) {
    return fail(ErrorCode::kInvalidArgument, std::move(message), "dimensions");
  };
  if (wanted == 0 || wanted > width) return refuse(fmt::format("must lie in 1..{}", width));
  if (!may_be_cut(model_id, encoder)) {
    return refuse(
        fmt::format("The vectors of this model have {} dimensions and cannot be shortened.", width));
  }
  return wanted;
}

tl::unexpected<Error> wrong_input(std::size_t index, std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), fmt::format("input[{}]", index));
}

Status check_tokens(const std::vector<model::TokenId>& tokens, std::size_t index, std::uint32_t n_vocab) {
  for (const model::TokenId token : tokens) {
    if (token >= 0 && static_cast<std::uint32_t>(token) < n_vocab) continue;
    return wrong_input(index,
                       fmt::format("token id {} is not in the model's vocabulary of {}", token, n_vocab));
  }
  return {};
}

Result<engine::EmbedInput> tokens_of(const EmbeddingsRequest::Input& input, std::size_t index,
                                     const TextEncoder& encoder, std::uint32_t context_window) {
  engine::EmbedInput made;
  if (const auto* text = std::get_if<std::string>(&input)) {
    auto tokens = encoder.text.tokenizer->encode(*text, {.add_special = true, .parse_special = false});
    if (!tokens) {
      tokens.error().where = fmt::format("input[{}]", index);
      return tl::unexpected(std::move(tokens.error()));
    }
    made.tokens = std::move(*tokens);
  } else {
    made.tokens = std::get<std::vector<model::TokenId>>(input);
    PEREGRINE_TRY(check_tokens(made.tokens, index, encoder.model->info().n_vocab));
  }
  if (made.tokens.empty()) return wrong_input(index, "has no tokens");
  if (made.tokens.size() > context_window) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("This input has {} tokens, but the model's context window is {} tokens.",
                            made.tokens.size(), context_window),
                fmt::format("input[{}]", index));
  }
  return made;
}

// The first `dimensions` values of every vector.
Embeddings shortened(engine::EmbedResult result, std::uint32_t dimensions) {
  Embeddings answer{.dimensions = dimensions, .values = {}, .prompt_tokens = result.tokens};
  if (dimensions == result.width) {
    answer.values = std::move(result.values);
    return answer;
  }
  const std::size_t n = result.values.size() / result.width;
  answer.values.reserve(n * dimensions);
  for (std::size_t i = 0; i < n; ++i) {
    const auto vector = std::span(result.values).subspan(i * result.width, dimensions);
    engine::normalise(vector);  // finite, as the whole is
    answer.values.insert(answer.values.end(), vector.begin(), vector.end());
  }
  return answer;
}

}  // namespace

Result<std::unique_ptr<PendingEmbeddings>> start_embeddings(const EmbeddingsRequest& request,
                                                            ModelLease model) {
  const auto* encoder = model->as<TextEncoder>();
  if (encoder == nullptr || encoder->output() != model::OutputKind::kEmbedding) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("The model `{}` does not support embeddings", request.model), "model");
  }
  PEREGRINE_ASSIGN(const std::uint32_t dimensions, dimensions_of(request, model->id, *encoder));
  std::vector<engine::EmbedInput> inputs;
  inputs.reserve(request.inputs.size());
  for (std::size_t i = 0; i < request.inputs.size(); ++i) {
    PEREGRINE_ASSIGN(engine::EmbedInput input,
                     tokens_of(request.inputs[i], i, *encoder, model->context_window));
    inputs.push_back(std::move(input));
  }
  PEREGRINE_TRY(admit_inputs(request.admit, inputs));
  PEREGRINE_ASSIGN(auto job, encoder->embedder->submit(std::move(inputs)));
  return std::make_unique<EmbedderJob<Embeddings>>(
      std::move(model), std::move(job),
      [dimensions](engine::EmbedResult result) { return shortened(std::move(result), dimensions); });
}

}  // namespace peregrine::service
