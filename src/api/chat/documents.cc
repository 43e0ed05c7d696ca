#include "api/chat/documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>

namespace peregrine::api {
namespace {

using service::Document;

constexpr std::size_t kMaxIdBytes = 256;

Status read_id(const Json& value, const Path& path, Document& document) {
  PEREGRINE_ASSIGN(const std::string_view id, read_string(value, path));
  if (id.size() > kMaxIdBytes) return wrong(path, fmt::format("maximum string length is {}", kMaxIdBytes));
  document.id = id;
  return {};
}

Status read_kind(const Json& value, const Path& path, Document&) {
  PEREGRINE_TRY(read_enum(value, path, {"text", "json"}).map([](std::size_t) {}));
  return {};
}

Status read_text(const Json& value, const Path& path, Document& document) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  document.text = text;
  return {};
}

Status read_data(const Json& value, const Path& path, Document& document) {
  PEREGRINE_ASSIGN(const boost::json::object* const data, schema_detail::as_object(value, path));
  document.text = boost::json::serialize(*data);
  return {};
}

constexpr Field<Document> kTextSource[] = {
    {"type", read_kind, Presence::kRequired},
    {"text", read_text, Presence::kRequired},
};
constexpr Field<Document> kJsonSource[] = {
    {"type", read_kind, Presence::kRequired},
    {"data", read_data, Presence::kRequired},
};

Status read_source(const Json& value, const Path& path, Document& document) {
  PEREGRINE_ASSIGN(const Json* const type, required_member(value, path, "type"));
  PEREGRINE_ASSIGN(const std::size_t kind, read_enum(*type, path / "type", {"text", "json"}));
  if (kind == 0) return read_object<Document>(value, path, kTextSource, document);
  return read_object<Document>(value, path, kJsonSource, document);
}

constexpr Field<Document> kDocument[] = {
    {"id", read_id},
    {"source", read_source, Presence::kRequired},
};

constexpr Field<Document> kInline[] = {
    {"data", read_data, Presence::kRequired},
    {"id", read_id},
};

Status read_inline(const Json& value, const Path& path, Document& document) {
  return read_object<Document>(value, path, kInline, document);
}

Status ignore(const Json&, const Path&, Document&) {
  return {};
}

constexpr Field<Document> kPart[] = {
    {"type", ignore, Presence::kRequired},
    {"document", read_inline, Presence::kRequired},
};

Status check_count(const Path& path, const std::vector<Document>& documents) {
  if (documents.size() <= kMaxDocuments) return {};
  return wrong(path, fmt::format("at most {} documents", kMaxDocuments));
}

}  // namespace

Status read_documents(const Json& value, const Path& path, std::vector<Document>& documents) {
  PEREGRINE_ASSIGN(const boost::json::array* const list, read_array(value, path, 0, kMaxDocuments));
  for (std::size_t i = 0; i < list->size(); ++i) {
    PEREGRINE_TRY(read_object<Document>((*list)[i], path / i, kDocument, documents.emplace_back()));
  }
  return check_count(path, documents);
}

Status read_document_part(const Json& value, const Path& path, std::vector<Document>& documents) {
  PEREGRINE_TRY(read_object<Document>(value, path, kPart, documents.emplace_back()));
  return check_count(path, documents);
}

void name_documents(std::vector<Document>& documents) {
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (documents[i].id.empty()) documents[i].id = fmt::format("doc_{}", i + 1);
  }
}

}  // namespace peregrine::api
