#include "api/entry/listing.h"
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
  return json_text([&](JsonWriter& json) { write_model(json, card); });
}

std::string render_model_list(std::span<const service::ModelStatus> cards) {
  return json_text([&](JsonWriter& json) { begin_list(json, cards, write_model).end_object(); });
}

}  // namespace peregrine::api
