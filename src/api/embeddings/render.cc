#include <span>

#include "api/embeddings/base64.h"
#include "api/embeddings/wire.h"
#include "api/json/writer.h"

namespace peregrine::api {
namespace {

void write_vector(JsonWriter& json, std::span<const float> vector, VectorEncoding encoding) {
  if (encoding == VectorEncoding::kBase64) {
    std::string text = "\"";
    append_base64(text, vector);
    text += '"';
    json.raw(text);
    return;
  }
  json.begin_array();
  for (const float value : vector) json.number(value);
  json.end_array();
}

}  // namespace

std::string render_embeddings(const EmbeddingsCall& call, const service::Embeddings& embeddings) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("object").string("list").key("data").begin_array();
  for (std::size_t i = 0; i < embeddings.size(); ++i) {
    json.begin_object();
    json.key("object").string("embedding");
    json.key("index").integer(static_cast<std::int64_t>(i));
    json.key("embedding");
    write_vector(json, std::span(embeddings.values).subspan(i * embeddings.dimensions, embeddings.dimensions),
                 call.encoding);
    json.end_object();
  }
  json.end_array();
  json.key("model").string(call.request.model);
  const auto tokens = static_cast<std::int64_t>(embeddings.prompt_tokens);
  json.key("usage").begin_object();
  json.key("prompt_tokens").integer(tokens).key("total_tokens").integer(tokens);
  json.end_object().end_object();
  return out;
}

}  // namespace peregrine::api
