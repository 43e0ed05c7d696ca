// The part of an AgedStore that is the same for every table of the database. sqlite_aged_store_impl.h defines
// it; the .cc of each repository instantiates it there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"
#include "store/page.h"

namespace peregrine::store {

// Interface: an AgedStore's.
template <class Interface>
class SqliteAgedStore : public Interface {
 public:
  using typename Interface::Query;
  using typename Interface::Record;

  // `database` outlives this.
  SqliteAgedStore(Database& database, std::int64_t max_age_seconds)
      : database_(database), max_age_seconds_(max_age_seconds) {}

  Result<std::optional<Record>> find(std::string_view id, std::string_view organisation,
                                     std::int64_t now) override;
  Result<Page<Record>> list(const Query& query, std::int64_t now) override;
  Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) override;

 protected:
  std::int64_t oldest(std::int64_t now) const { return now - max_age_seconds_; }

  Database& database_;

 private:
  const std::int64_t max_age_seconds_;
};

}  // namespace peregrine::store
