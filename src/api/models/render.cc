#include "api/json/writer.h"
#include "api/models/wire.h"

namespace peregrine::api {
namespace {

void write_model(JsonWriter& json, const service::ModelStatus& card) {
  json.begin_object();
  json.key("id").string(card.id);
  json.key("object").string("model");
  json.key("created").integer(card.created);
  json.key("owned_by").string(card.owner.empty() ? "peregrine" : card.owner);
  json.key("active").boolean(card.state != service::ModelState::kFailed);
  json.key("context_window").integer(card.context_window);
  json.key("public_apps").null();
  json.key("max_completion_tokens").integer(card.context_window);
  json.end_object();
}

}  // namespace

std::string render_model(const service::ModelStatus& card) {
  std::string out;
  JsonWriter json(out);
  write_model(json, card);
  return out;
}

std::string render_deleted_model(std::string_view id) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("id").string(id);
  json.key("object").string("model").key("deleted").boolean(true).end_object();
  return out;
}

std::string render_model_list(std::span<const service::ModelStatus> cards) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("object").string("list").key("data").begin_array();
  for (const service::ModelStatus& card : cards) write_model(json, card);
  json.end_array().end_object();
  return out;
}

}  // namespace peregrine::api
