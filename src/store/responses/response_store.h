// Stored responses, with the items that went in and came out. Bodies are opaque text to this room.
//
// A response is seen by its owner alone: with another owner's name it is not there. What is older than
// Retention::max_age_seconds is gone for every call, and deleted by the next add() or purge(); beyond
// Retention::max_stored the oldest go. Times are Unix seconds and come from the caller. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace peregrine::store {

struct StoredItem {
  std::string id;
  std::string body;
};

struct StoredResponse {
  std::string id;
  std::string owner;  // whose key asked for it; empty where no keys are needed
  std::int64_t created_at = 0;
  std::string previous_id;  // empty: none
  bool finished = false;
  std::string body;
  std::vector<StoredItem> input;
  std::vector<StoredItem> output;
};

struct Retention {
  std::int64_t max_age_seconds = 30 * 86400;
  std::int64_t max_stored = 10'000;
};

class ResponseStore {
 public:
  // `database` outlives this.
  ResponseStore(Database& database, Retention retention) : database_(database), retention_(retention) {}

  // Deletes what `now` makes too old, and what is too many.
  Status purge(std::int64_t now);
  // A response that is not there yet; created_at is now.
  Status add(const StoredResponse& response);
  // The end of an added one: its body and what came out. Nothing happens if it was deleted meanwhile.
  Status finish(std::string_view id, std::string_view body, const std::vector<StoredItem>& output);

  Result<std::optional<StoredResponse>> find(std::string_view id, std::string_view owner, std::int64_t now);
  // The latest item of that id among the owner's.
  Result<std::optional<StoredItem>> find_item(std::string_view id, std::string_view owner, std::int64_t now);
  // False: there was none.
  Result<bool> remove(std::string_view id, std::string_view owner, std::int64_t now);

 private:
  std::int64_t oldest(std::int64_t now) const { return now - retention_.max_age_seconds; }

  Database& database_;
  const Retention retention_;
};

}  // namespace peregrine::store
