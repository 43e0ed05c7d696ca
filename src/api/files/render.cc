#include "api/entry/listing.h"
#include "api/files/wire.h"
#include "api/json/writer.h"

namespace peregrine::api {
namespace {

void write_file(JsonWriter& json, const store::StoredFile& file) {
  json.begin_object();
  json.key("id").string(file.id);
  json.key("object").string("file");
  json.key("bytes").integer(static_cast<std::int64_t>(file.bytes));
  json.key("created_at").integer(file.created_at);
  json.key("filename").string(file.filename);
  json.key("purpose").string(file.purpose);
  // OpenAI's clients have it as a field that is always there.
  json.key("status").string("processed");
  json.end_object();
}

}  // namespace

std::string render_file(const store::StoredFile& file) {
  return json_text([&](JsonWriter& json) { write_file(json, file); });
}

std::string render_file_page(const store::FilePage& page) {
  const bool empty = page.records.empty();
  return json_text([&](JsonWriter& json) {
    begin_list(json, page.records, write_file);
    write_ends(json, empty ? "" : page.records.front().id, empty ? "" : page.records.back().id,
               page.has_more);
    json.end_object();
  });
}

}  // namespace peregrine::api
