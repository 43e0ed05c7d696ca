#include "api/entry/listing.h"
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
  return json_text([&](JsonWriter& json) {
    json.begin_object().key("id").string(adapter.id);
    json.key("object").string("fine_tuning").key("data");
    write_adapter(json, adapter);
    json.end_object();
  });
}

std::string render_fine_tunings(std::span<const store::StoredAdapter> adapters) {
  return json_text([&](JsonWriter& json) { begin_list(json, adapters, write_adapter).end_object(); });
}

}  // namespace peregrine::api
