// What repositories of records that belong to organisations and grow too old have in common.
//
// A record is seen by its organisation alone: with another's name it is not there. What `now` makes older
// than the store's retention is gone for every call; purge() deletes it. Times are Unix seconds and come from
// the caller. Any thread. A write that returned without an error is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/page.h"

namespace peregrine::store {

// A StoredQuery is a PageQuery with what else narrows a list.
template <class StoredRecord, class StoredQuery>
class AgedStore {
 public:
  using Record = StoredRecord;
  using Query = StoredQuery;

  virtual ~AgedStore() = default;

  virtual Result<std::optional<Record>> find(std::string_view id, std::string_view organisation,
                                             std::int64_t now) = 0;
  virtual Result<Page<Record>> list(const Query& query, std::int64_t now) = 0;
  // Deletes what is too old, at most `most` of it, and returns the ids.
  virtual Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) = 0;
};

}  // namespace peregrine::store
