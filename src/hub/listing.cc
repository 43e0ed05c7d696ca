#include <boost/json.hpp>
#include <string>

#include "hub/client.h"
#include "hub/limits.h"
#include "hub/response_head.h"

namespace peregrine::hub {
namespace {

namespace json = boost::json;

const json::string* text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_string();
}

std::optional<std::uint64_t> size_of(const json::object& object) {
  const json::value* value = object.if_contains("size");
  if (value == nullptr) return std::nullopt;
  if (const auto* number = value->if_int64(); number != nullptr && *number >= 0) {
    return static_cast<std::uint64_t>(*number);
  }
  return std::nullopt;
}

// nullopt for what is no file, or not described well enough to fetch.
std::optional<RepositoryFile> file_of(const json::value& value) {
  const json::object* entry = value.if_object();
  if (entry == nullptr) return std::nullopt;
  const json::string* type = text_of(*entry, "type");
  const json::string* path = text_of(*entry, "path");
  auto size = size_of(*entry);
  if (type == nullptr || *type != "file" || path == nullptr || path->empty() || !size) return std::nullopt;
  RepositoryFile file;
  file.path = *path;
  const json::value* lfs = entry->if_contains("lfs");
  if (lfs != nullptr && lfs->is_object()) {
    const json::string* oid = text_of(lfs->get_object(), "oid");
    if (auto digest = oid == nullptr ? std::nullopt : parse_sha256(*oid)) file.sha256 = std::move(*digest);
    if (const auto real = size_of(lfs->get_object())) size = real;
  }
  file.size = *size;
  return file;
}

}  // namespace

Status parse_listing(std::string_view text, std::vector<RepositoryFile>& files) {
  boost::system::error_code error;
  const json::value root = json::parse(text, error);
  if (error || !root.is_array()) {
    return fail(ErrorCode::kCorrupt, "the listing of files is not what a hub sends; is HF_ENDPOINT right?");
  }
  for (const json::value& value : root.get_array()) {
    if (files.size() >= kMaxRepositoryFiles) {
      return fail(ErrorCode::kResourceExhausted, "the repository has more than 20000 files");
    }
    if (auto file = file_of(value)) files.push_back(std::move(*file));
  }
  return {};
}

}  // namespace peregrine::hub
