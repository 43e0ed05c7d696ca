#include <boost/json.hpp>
#include <numeric>

#include "hub/disk.h"
#include "hub/limits.h"
#include "hub/part_file.h"
#include "hub/response_head.h"
#include "hub/url.h"

namespace peregrine::hub {
namespace {

namespace json = boost::json;

constexpr std::int64_t kVersion = 1;

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

std::optional<std::uint64_t> number_of(const json::value* value) {
  const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
  if (number == nullptr || *number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

bool consistent(const PartState& state) {
  const std::uint64_t size = state.remote.size;
  if (size == 0 || size > kMaxFileBytes || state.chunk_bytes == 0) return false;
  const std::uint64_t chunks = size / state.chunk_bytes + (size % state.chunk_bytes != 0 ? 1 : 0);
  if (chunks > kMaxChunks || chunks != state.received.size()) return false;
  for (std::size_t i = 0; i < state.received.size(); ++i) {
    const std::uint64_t chunk = std::min(state.chunk_bytes, size - i * state.chunk_bytes);
    if (state.received[i] > chunk) return false;
  }
  return !state.verified || state.done() == size;
}

}  // namespace

std::filesystem::path part_path(const std::filesystem::path& target) {
  std::filesystem::path path = target;
  return path += ".part";
}

std::filesystem::path part_state_path(const std::filesystem::path& target) {
  std::filesystem::path path = target;
  return path += ".part.json";
}

std::uint64_t PartState::done() const {
  return std::accumulate(received.begin(), received.end(), std::uint64_t{0});
}

std::string render_part_state(const PartState& state) {
  json::array received(state.received.begin(), state.received.end());
  return json::serialize(json::object{{"version", kVersion},
                                      {"url", without_query(state.remote.url)},
                                      {"size", state.remote.size},
                                      {"sha256", state.remote.sha256},
                                      {"etag", state.remote.validator},
                                      {"commit", state.remote.commit},
                                      {"verified", state.verified},
                                      {"chunk_bytes", state.chunk_bytes},
                                      {"received", std::move(received)}}) +
         "\n";
}

std::optional<PartState> parse_part_state(std::string_view text) {
  if (text.size() > kMaxStateBytes) return std::nullopt;
  boost::system::error_code error;
  const json::value root = json::parse(text, error);
  const json::object* object = error ? nullptr : root.if_object();
  if (object == nullptr || number_of(object->if_contains("version")) != std::uint64_t{kVersion})
    return std::nullopt;

  PartState state;
  const auto size = number_of(object->if_contains("size"));
  const auto chunk_bytes = number_of(object->if_contains("chunk_bytes"));
  const json::value* received = object->if_contains("received");
  const json::value* verified = object->if_contains("verified");
  if (!size || !chunk_bytes || received == nullptr || !received->is_array()) return std::nullopt;
  state.remote.url = text_at(*object, "url");
  state.remote.size = *size;
  state.remote.sha256 = text_at(*object, "sha256");
  state.remote.validator = text_at(*object, "etag");
  state.remote.commit = text_at(*object, "commit");
  if (!state.remote.sha256.empty() && !parse_sha256(state.remote.sha256)) return std::nullopt;
  state.verified = verified != nullptr && verified->is_bool() && verified->get_bool();
  state.chunk_bytes = *chunk_bytes;
  for (const json::value& value : received->get_array()) {
    const auto bytes = number_of(&value);
    if (!bytes || state.received.size() >= kMaxChunks) return std::nullopt;
    state.received.push_back(*bytes);
  }
  if (!consistent(state)) return std::nullopt;
  return state;
}

std::optional<PartState> read_part_state(const std::filesystem::path& target) {
  return parse_part_state(read_small_file(part_state_path(target), kMaxStateBytes));
}

}  // namespace peregrine::hub
