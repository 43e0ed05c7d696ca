// Who may use the server, how much, and what they used: keys of the configuration and of the data folder,
// limits, the ledger. Keys and limits can be read again while the server runs.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/settings.h"
#include "base/result.h"
#include "service/keys/desk.h"
#include "service/keys/keys.h"
#include "service/metering/metering.h"
#include "service/usage/ledger.h"
#include "store/database.h"
#include "store/keys/sqlite_key_store.h"
#include "store/usage/sqlite_usage_store.h"

namespace peregrine::app {

class Access {
 public:
  // `database` outlives this; null: no keys but those of the configuration, and no ledger. Errors:
  // kPermissionDenied when the server would listen off loopback without any key; those of the store.
  static Result<std::unique_ptr<Access>> open(const Settings& settings, store::Database* database);

  // Reads the keys again, and takes them over with the limits, if `agree` has nothing against it. Errors as
  // open()'s, and that of `agree`; then nothing has changed.
  Status reload(const Settings& settings, const std::function<Status()>& agree);

  const service::KeyRing& keys() const { return keys_; }
  service::KeyDesk& desk() { return *desk_; }
  service::Metering& metering() { return metering_; }
  service::UsageLedger* ledger() { return ledger_ ? &*ledger_ : nullptr; }

 private:
  Access(const Settings& settings, store::Database* database);

  std::optional<store::SqliteKeyStore> key_store_;
  std::optional<store::SqliteUsageStore> usage_store_;
  std::optional<service::UsageLedger> ledger_;
  service::KeyRing keys_;
  std::optional<service::KeyDesk> desk_;
  service::Metering metering_;
};

}  // namespace peregrine::app
