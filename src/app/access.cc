#include "app/access.h"

#include <utility>

namespace peregrine::app {

Access::Access(const Settings& settings, store::Database* database)
    : metering_(settings.limits, [&]() -> service::UsageLedger* {
        if (database == nullptr) return nullptr;
        key_store_.emplace(*database);
        if (!settings.keep_usage) return nullptr;
        usage_store_.emplace(*database);
        return &ledger_.emplace(*usage_store_);
      }()) {}

Result<std::unique_ptr<Access>> Access::open(const Settings& settings, store::Database* database) {
  std::unique_ptr<Access> access(new Access(settings, database));
  PEREGRINE_ASSIGN(std::vector<service::ApiKey> keys, access->read_keys(settings));
  access->replace(std::move(keys), settings);
  return access;
}

Result<std::vector<service::ApiKey>> Access::read_keys(const Settings& settings) {
  std::vector<service::ApiKey> keys;
  if (key_store_) {
    PEREGRINE_ASSIGN(keys, service::KeyRegistry(*key_store_).list());
  }
  for (const std::string& key : settings.keys) keys.push_back(service::configured_key(key, false));
  for (const std::string& key : settings.admin_keys) keys.push_back(service::configured_key(key, true));
  PEREGRINE_TRY(check_reach(settings, keys.empty()));
  return keys;
}

void Access::replace(std::vector<service::ApiKey> keys, const Settings& settings) {
  keys_.replace(std::move(keys));
  metering_.replace_rules(settings.limits);
}

}  // namespace peregrine::app
