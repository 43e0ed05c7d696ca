#include "api/fine_tunings/wire.h"
#include "api/json/writer.h"

namespace peregrine::api {
namespace {

void write_adapter(JsonWriter& json, const store::StoredAdapter& adapter) {
  json.begin_object();
  json.key("id").string(adapter.id);
  json.key("name").string(adapter.name);
  json.key("base_model").string(adapter.base_model);
  json.key("type").string(adapter.type);
  json.key("input_file_id").string(adapter.input_file_id);
  json.key("created_at").integer(adapter.created_at);
  json.key("fine_tuned_model").string(adapter.fine_tuned_model);
  json.end_object();
}

}  // namespace

std::string render_fine_tuning(const store::StoredAdapter& adapter) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("id").string(adapter.id);
  json.key("object").string("fine_tuning").key("data");
  write_adapter(json, adapter);
  json.end_object();
  return out;
}

std::string render_fine_tunings(std::span<const store::StoredAdapter> adapters) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("object").string("list").key("data").begin_array();
  for (const store::StoredAdapter& adapter : adapters) write_adapter(json, adapter);
  json.end_array().end_object();
  return out;
}

std::string render_deleted_fine_tuning(std::string_view id) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("id").string(id);
  json.key("object").string("fine_tuning").key("deleted").boolean(true).end_object();
  return out;
}

}  // namespace peregrine::api
