// The ledger: what was used, summed up per day, key, organisation and model.
//
// Any thread. A write that returned without an error is kept. Whatever implements this passes the tests of
// usage_store_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace peregrine::store {

struct UsageAmounts {
  std::int64_t requests = 0;  // served or refused
  std::int64_t errors = 0;    // of these, those that ended in an error
  std::int64_t prompt_tokens = 0;
  std::int64_t cached_tokens = 0;  // of these, those that were found in the prefix cache
  std::int64_t completion_tokens = 0;
  std::int64_t audio_seconds = 0;  // as they are billed

  UsageAmounts& operator+=(const UsageAmounts& other);
  bool operator==(const UsageAmounts&) const = default;
};

struct UsageRow {
  std::int64_t day = 0;  // since 1970-01-01, UTC
  std::string key;       // id of a key; empty where no keys are needed
  std::string organisation;
  std::string model;
  UsageAmounts amounts;

  bool operator==(const UsageRow&) const = default;
};

struct UsageQuery {
  std::int64_t first_day = 0;
  std::int64_t last_day = 0;  // inclusive
  // By what the sums are told apart; what is not is empty, or 0, in the rows.
  bool by_day = true;
  bool by_key = true;
  bool by_organisation = true;
  bool by_model = true;
  std::size_t most = 0;  // rows
};

class UsageStore {
 public:
  virtual ~UsageStore() = default;

  // Adds all of them to what there is, or none.
  virtual Status add(const std::vector<UsageRow>& rows) = 0;
  // Sums, ordered by day, organisation, key and model. kResourceExhausted without a `where` if there are more
  // than query.most.
  virtual Result<std::vector<UsageRow>> sum(const UsageQuery& query) = 0;
};

}  // namespace peregrine::store
