#include "service/keys/keys.h"

#include <utility>

#include "base/ids.h"

namespace peregrine::service {
namespace {

constexpr std::size_t kIndexDigits = 8;

std::shared_ptr<const ApiKey> anybody() {
  ApiKey key;
  key.scope.add(EndpointGroup::kAdmin);
  return std::make_shared<const ApiKey>(std::move(key));
}

}  // namespace

KeyRing::KeyRing(const std::vector<std::string>& keys) {
  std::vector<ApiKey> made;
  made.reserve(keys.size());
  for (const std::string& key : keys) made.push_back(configured_key(key, false));
  replace(std::move(made));
}

void KeyRing::replace(std::vector<ApiKey> keys) {
  auto table = std::make_shared<Table>();
  for (ApiKey& key : keys) {
    const auto kept = std::make_shared<const ApiKey>(std::move(key));
    table->by_digest.emplace(kept->digest.substr(0, kIndexDigits), kept);
    table->by_id.emplace(kept->id, kept);
  }
  const std::lock_guard lock(mutex_);
  table_ = std::move(table);
}

std::shared_ptr<const KeyRing::Table> KeyRing::table() const {
  const std::lock_guard lock(mutex_);
  return table_;
}

bool KeyRing::open() const {
  return table()->by_id.empty();
}

std::shared_ptr<const ApiKey> KeyRing::find(std::string_view text, std::int64_t now) const {
  static const std::shared_ptr<const ApiKey> kAnybody = anybody();
  const std::shared_ptr<const Table> keys = table();
  if (keys->by_id.empty()) return kAnybody;
  const std::string digest = base::sha256_hex(text);
  std::shared_ptr<const ApiKey> found;
  const auto [begin, end] = keys->by_digest.equal_range(std::string_view(digest).substr(0, kIndexDigits));
  for (auto at = begin; at != end; ++at) {
    if (base::constant_time_equal(digest, at->second->digest) && at->second->valid(now)) found = at->second;
  }
  return found;
}

bool KeyRing::still_opens(std::string_view id, std::int64_t now) const {
  const std::shared_ptr<const Table> keys = table();
  if (keys->by_id.empty()) return true;
  const auto key = keys->by_id.find(id);
  return key != keys->by_id.end() && key->second->valid(now);
}

}  // namespace peregrine::service
