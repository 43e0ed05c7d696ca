#include <boost/json.hpp>

#include "hub/disk.h"
#include "service/catalogue/model_folder.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxOriginBytes = 65536;

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

std::filesystem::path origin_path(const std::filesystem::path& file) {
  std::filesystem::path path = file;
  return path += ".json";
}

std::optional<Origin> read_origin(const std::filesystem::path& file) {
  boost::system::error_code error;
  const json::value root = json::parse(hub::read_small_file(origin_path(file), kMaxOriginBytes), error);
  const json::object* object = error ? nullptr : root.if_object();
  if (object == nullptr) return std::nullopt;
  const json::value* bytes = object->if_contains("bytes");
  if (bytes == nullptr || !bytes->is_int64() || bytes->get_int64() < 0) return std::nullopt;
  Origin origin;
  origin.id = text_at(*object, "id");
  origin.source = text_at(*object, "source");
  origin.bytes = static_cast<std::uint64_t>(bytes->get_int64());
  origin.sha256 = text_at(*object, "sha256");
  origin.etag = text_at(*object, "etag");
  origin.commit = text_at(*object, "commit");
  return origin;
}

Status write_origin(const std::filesystem::path& file, const Origin& origin) {
  const json::object object{{"id", origin.id},         {"source", origin.source}, {"bytes", origin.bytes},
                            {"sha256", origin.sha256}, {"etag", origin.etag},     {"commit", origin.commit}};
  return hub::write_small_file(origin_path(file), json::serialize(object) + "\n");
}

}  // namespace peregrine::service
