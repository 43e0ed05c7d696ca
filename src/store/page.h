// Lists of records that belong to organisations, page by page in the order of their ids.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace peregrine::store {

struct PageQuery {
  std::string organisation;
  std::string after;  // only what stands behind this id, whether it is there or not; empty: from the start
  bool descending = true;  // the newest first
  std::size_t limit = 0;
};

template <class Record>
struct Page {
  std::vector<Record> records;
  bool has_more = false;
};

}  // namespace peregrine::store
