#include "service/keys/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ids.h"

namespace peregrine::service {
namespace {

constexpr std::string_view kPrefix = "gsk_";
constexpr std::size_t kRandomBytes = 32;
constexpr std::size_t kHintChars = 9;  // "gsk_" and 25 bits
constexpr std::size_t kMaxName = 64;
constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";

std::string random_text() {
  std::array<std::uint8_t, kRandomBytes> bytes{};
  base::random_bytes(bytes);
  std::string text(kPrefix);
  unsigned pending = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    pending = pending << 8 | byte;
    for (bits += 8; bits >= 5; bits -= 5) text.push_back(kDigits[pending >> (bits - 5) & 31]);
    pending &= (1U << bits) - 1;
  }
  // The last bit fills a digit's top.
  text.push_back(kDigits[pending << (5 - bits) & 31]);
  return text;
}

bool printable(char c) {
  return c >= ' ' && c < '\x7f';
}

bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.';
}

Status check(const KeyOrder& order, std::int64_t now) {
  const auto good = [](const std::string& text, bool (*allowed)(char)) {
    return !text.empty() && text.size() <= kMaxName && std::ranges::all_of(text, allowed);
  };
  if (!good(order.name, printable)) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("a key's name is 1 to {} printable ASCII characters", kMaxName), "name");
  }
  if (!good(order.organisation, plain)) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("an organisation's name is 1 to {} letters, digits, '_', '-' and '.'", kMaxName),
                "org");
  }
  if (order.expires_at && *order.expires_at <= now) {
    return fail(ErrorCode::kInvalidArgument, "is in the past", "expires");
  }
  return {};
}

store::StoredKey to_stored(const ApiKey& key) {
  store::StoredKey stored;
  stored.id = key.id;
  stored.name = key.name;
  stored.organisation = key.organisation;
  stored.digest = key.digest;
  stored.hint = key.hint;
  stored.endpoints = key.scope.endpoints_text();
  stored.models = key.scope.models_text();
  stored.limits = key.limits.text();
  stored.created_at = key.created_at;
  stored.expires_at = key.expires_at;
  stored.revoked_at = key.revoked_at;
  return stored;
}

Result<ApiKey> from_stored(const store::StoredKey& stored) {
  auto scope = KeyScope::parse(stored.endpoints, stored.models);
  auto limits = parse_limits(stored.limits);
  if (!scope || !limits) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("the record of this key cannot be read: {}",
                            (scope ? limits.error() : scope.error()).message),
                stored.id);
  }
  ApiKey key;
  key.id = stored.id;
  key.name = stored.name;
  key.organisation = stored.organisation;
  key.digest = stored.digest;
  key.hint = stored.hint;
  key.scope = std::move(*scope);
  key.limits = *limits;
  key.created_at = stored.created_at;
  key.expires_at = stored.expires_at;
  key.revoked_at = stored.revoked_at;
  return key;
}

}  // namespace

Result<IssuedKey> KeyRegistry::issue(const KeyOrder& order, std::int64_t now) {
  PEREGRINE_TRY(check(order, now));
  PEREGRINE_ASSIGN(const std::vector<store::StoredKey> known, store_.list(kMaxKeys));
  if (known.size() >= kMaxKeys) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("there are {} keys already", known.size()));
  }
  IssuedKey issued;
  issued.text = random_text();
  ApiKey& key = issued.key;
  key.id = base::type_id("key");
  key.name = order.name;
  key.organisation = order.organisation;
  key.digest = base::sha256_hex(issued.text);
  key.hint = issued.text.substr(0, kHintChars);
  key.scope = order.scope;
  key.limits = order.limits;
  key.created_at = now;
  key.expires_at = order.expires_at;
  PEREGRINE_TRY(store_.add(to_stored(key)));
  return issued;
}

Result<std::vector<ApiKey>> KeyRegistry::list() const {
  PEREGRINE_ASSIGN(const std::vector<store::StoredKey> stored, store_.list(kMaxKeys));
  std::vector<ApiKey> keys;
  keys.reserve(stored.size());
  for (const store::StoredKey& one : stored) {
    PEREGRINE_ASSIGN(ApiKey key, from_stored(one));
    keys.push_back(std::move(key));
  }
  return keys;
}

Result<ApiKey> KeyRegistry::revoke(std::string_view id_or_name, std::int64_t now) {
  PEREGRINE_ASSIGN(std::vector<ApiKey> keys, list());
  std::vector<ApiKey*> meant;
  for (ApiKey& key : keys) {
    if (key.id == id_or_name) {
      meant = {&key};
      break;
    }
    if (key.name == id_or_name && !key.revoked_at) meant.push_back(&key);
  }
  if (meant.empty()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("there is no valid key '{}'; see 'peregrine keys list'", id_or_name));
  }
  if (meant.size() > 1) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{} keys have the name '{}': say which by its id", meant.size(), id_or_name));
  }
  PEREGRINE_ASSIGN(const bool revoked, store_.revoke(meant.front()->id, now));
  if (!revoked) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("the key '{}' was revoked before", id_or_name));
  }
  meant.front()->revoked_at = now;
  return std::move(*meant.front());
}

}  // namespace peregrine::service
