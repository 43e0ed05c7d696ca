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
  std::string out;
  JsonWriter json(out);
  write_file(json, file);
  return out;
}

std::string render_file_page(const store::FilePage& page) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("object").string("list");
  json.key("data").begin_array();
  for (const store::StoredFile& file : page.records) write_file(json, file);
  json.end_array();
  json.key("first_id");
  page.records.empty() ? json.null() : json.string(page.records.front().id);
  json.key("last_id");
  page.records.empty() ? json.null() : json.string(page.records.back().id);
  json.key("has_more").boolean(page.has_more);
  json.end_object();
  return out;
}

std::string render_deleted_file(std::string_view id) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("id").string(id);
  json.key("object").string("file").key("deleted").boolean(true).end_object();
  return out;
}

}  // namespace peregrine::api
