// Stored responses, with the items that went in and came out. Bodies are opaque text to this room.
//
// A response is seen by its owner alone: with another owner's name it is not there. What is older than
// Retention::max_age_seconds is gone for every call, and deleted by the next add() or purge(); beyond
// Retention::max_stored the oldest go. Times are Unix seconds and come from the caller. Any thread. A write
// that returned without an error is kept. Whatever implements this passes the tests of
// response_store_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

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
  virtual ~ResponseStore() = default;

  // Deletes what `now` makes too old, and what is too many.
  virtual Status purge(std::int64_t now) = 0;
  // A response that is not there yet; created_at is now.
  virtual Status add(const StoredResponse& response) = 0;
  // The end of an added one: its body and what came out. Nothing happens if it was deleted meanwhile.
  virtual Status finish(std::string_view id, std::string_view body,
                        const std::vector<StoredItem>& output) = 0;

  virtual Result<std::optional<StoredResponse>> find(std::string_view id, std::string_view owner,
                                                     std::int64_t now) = 0;
  // The latest item of that id among the owner's.
  virtual Result<std::optional<StoredItem>> find_item(std::string_view id, std::string_view owner,
                                                      std::int64_t now) = 0;
  // False: there was none.
  virtual Result<bool> remove(std::string_view id, std::string_view owner, std::int64_t now) = 0;
};

}  // namespace peregrine::store
