#include "app/access.h"

#include <string>
#include <utility>
#include <vector>

namespace peregrine::app {

Access::Access(const Settings& settings, store::Database* database)
    : metering_(settings.limits, [&]() -> service::UsageLedger* {
        if (database == nullptr) return nullptr;
        key_store_.emplace(*database);
        if (!settings.keep_usage) return nullptr;
        usage_store_.emplace(*database);
        return &ledger_.emplace(*usage_store_);
      }()) {
  desk_.emplace(keys_, key_store_ ? &*key_store_ : nullptr);
}

Result<std::unique_ptr<Access>> Access::open(const Settings& settings, store::Database* database) {
  std::unique_ptr<Access> access(new Access(settings, database));
  PEREGRINE_TRY(access->reload(settings, [] { return Status(); }));
  return access;
}

Status Access::reload(const Settings& settings, const std::function<Status()>& agree) {
  std::vector<service::ApiKey> configured;
  configured.reserve(settings.keys.size() + settings.admin_keys.size());
  for (const std::string& key : settings.keys) configured.push_back(service::configured_key(key, false));
  for (const std::string& key : settings.admin_keys) configured.push_back(service::configured_key(key, true));
  const auto may_serve = [&](const std::vector<service::ApiKey>& keys) -> Status {
    PEREGRINE_TRY(check_reach(settings, keys.empty()));
    return agree();
  };
  PEREGRINE_TRY(desk_->configure(std::move(configured), may_serve));
  metering_.replace_rules(settings.limits);
  return {};
}

}  // namespace peregrine::app
