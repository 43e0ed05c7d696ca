#include <fmt/format.h>

#include <boost/json.hpp>
#include <ctime>

#include "app/commands/commands.h"
#include "app/commands/data_folder.h"
#include "app/expiry.h"
#include "app/table.h"
#include "service/keys/registry.h"
#include "service/usage/days.h"
#include "store/keys/sqlite_key_store.h"

namespace peregrine::app {
namespace {

namespace json = boost::json;
using service::ApiKey;

constexpr std::string_view kReload = "A server that runs takes notice when it is sent SIGHUP.";

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ","));
}

std::string_view state_of(const ApiKey& key, std::int64_t now) {
  if (key.revoked_at) return "revoked";
  return key.valid(now) ? "valid" : "expired";
}

std::string day_or_never(const std::optional<std::int64_t>& time) {
  return time ? service::day_text(service::day_of(*time)) : "never";
}

json::value time_or_null(const std::optional<std::int64_t>& time) {
  return time ? json::value(*time) : json::value(nullptr);
}

void print_json(const std::vector<ApiKey>& keys, std::int64_t now) {
  json::array list;
  for (const ApiKey& key : keys) {
    list.push_back(json::object{{"id", key.id},
                                {"name", key.name},
                                {"organisation", key.organisation},
                                {"begins", key.hint},
                                {"scope", key.scope.endpoints_text()},
                                {"models", key.scope.models_text()},
                                {"limits", key.limits.text()},
                                {"created_at", key.created_at},
                                {"expires_at", time_or_null(key.expires_at)},
                                {"revoked_at", time_or_null(key.revoked_at)},
                                {"state", state_of(key, now)}});
  }
  fmt::print("{}\n", json::serialize(json::object{{"keys", std::move(list)}}));
}

void print_table(const std::vector<ApiKey>& keys, std::int64_t now) {
  Table table({{"ID"},
               {"NAME"},
               {"ORG"},
               {"KEY"},
               {"SCOPE"},
               {"MODELS"},
               {"LIMITS"},
               {"MADE"},
               {"EXPIRES"},
               {"STATE"}});
  for (const ApiKey& key : keys) {
    const std::string models = key.scope.models_text();
    const std::string limits = key.limits.text();
    table.add({key.id, key.name, key.organisation, key.hint + "...", key.scope.endpoints_text(),
               models.empty() ? "all" : models, limits.empty() ? "-" : limits, day_or_never(key.created_at),
               day_or_never(key.expires_at), std::string(state_of(key, now))});
  }
  fmt::print("{}", table.text());
}

Result<service::KeyOrder> order_of(const KeysCreateOptions& options, std::int64_t now) {
  service::KeyOrder order;
  order.name = options.name;
  order.organisation = options.organisation;
  auto scope = service::KeyScope::parse(joined(options.scopes), joined(options.models));
  if (!scope) return tl::unexpected(std::move(scope.error()));
  order.scope = std::move(*scope);
  PEREGRINE_ASSIGN(order.limits, service::parse_limits(joined(options.limits)));
  if (options.expires) {
    PEREGRINE_ASSIGN(order.expires_at, parse_expiry(*options.expires, now));
  }
  return order;
}

Status create(const KeysCreateOptions& options) {
  const std::int64_t now = std::time(nullptr);
  PEREGRINE_ASSIGN(const service::KeyOrder order, order_of(options, now));
  PEREGRINE_ASSIGN(const auto database, open_data_folder(options.data_dir));
  store::SqliteKeyStore store(*database);
  PEREGRINE_ASSIGN(const service::IssuedKey issued, service::KeyRegistry(store).issue(order, now));
  fmt::print(stderr, "{} ({}). The key is shown this once; only its digest is kept. {}\n", issued.key.id,
             issued.key.name, kReload);
  fmt::print("{}\n", issued.text);
  return {};
}

Status show(const KeysListOptions& options) {
  PEREGRINE_ASSIGN(const auto database, open_data_folder(options.data_dir));
  store::SqliteKeyStore store(*database);
  PEREGRINE_ASSIGN(const std::vector<ApiKey> keys, service::KeyRegistry(store).list());
  const std::int64_t now = std::time(nullptr);
  if (options.json) {
    print_json(keys, now);
  } else if (keys.empty()) {
    fmt::print(stderr, "No keys. Make one: peregrine keys create --name NAME\n");
  } else {
    print_table(keys, now);
  }
  return {};
}

Status revoke(const KeysRevokeOptions& options) {
  PEREGRINE_ASSIGN(const auto database, open_data_folder(options.data_dir));
  store::SqliteKeyStore store(*database);
  PEREGRINE_ASSIGN(const ApiKey key, service::KeyRegistry(store).revoke(options.key, std::time(nullptr)));
  fmt::print(stderr, "Revoked {} ({}). {}\n", key.id, key.name, kReload);
  return {};
}

int finish(const Status& status) {
  return status ? 0 : report(status.error());
}

}  // namespace

int keys_create(const KeysCreateOptions& options) {
  return finish(create(options));
}

int keys_list(const KeysListOptions& options) {
  return finish(show(options));
}

int keys_revoke(const KeysRevokeOptions& options) {
  return finish(revoke(options));
}

}  // namespace peregrine::app
