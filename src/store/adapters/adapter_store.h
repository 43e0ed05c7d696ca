// Records of adapters that organisations made models of; the adapters' bytes are blobs of the same id
// (store/blobs), in a folder of their own.
//
// An adapter is seen by its organisation alone, but for find_model(): with another's name it is not there.
// Times are Unix seconds and come from the caller. Any thread. A write that returned without an error is
// kept. Whatever implements this passes the tests of adapter_store_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::store {

struct StoredAdapter {
  std::string id;  // grows with time: lists are in its order
  std::string organisation;
  std::string name;
  std::string base_model;  // the id of the model that it changes
  std::string type;
  std::string input_file_id;
  std::int64_t created_at = 0;
  std::string fine_tuned_model;  // the id of the model that the two make; no two that differ in case only
  std::uint64_t bytes = 0;
  std::string sha256;  // 64 hexadecimal digits

  bool operator==(const StoredAdapter&) const = default;
};

class AdapterStore {
 public:
  virtual ~AdapterStore() = default;

  // One that is not there yet. False, and nothing was added: its organisation has `most` already.
  virtual Result<bool> add(const StoredAdapter& adapter, std::size_t most) = 0;
  virtual Result<std::optional<StoredAdapter>> find(std::string_view id, std::string_view organisation) = 0;
  // By the id of the model, without regard to case. Whosever it is: who asks looks at the organisation.
  virtual Result<std::optional<StoredAdapter>> find_model(std::string_view fine_tuned_model) = 0;
  // All of an organisation, the newest first.
  virtual Result<std::vector<StoredAdapter>> list(std::string_view organisation) = 0;
  // False: there was none.
  virtual Result<bool> remove(std::string_view id, std::string_view organisation) = 0;
  // Of every organisation: the next `most` behind the id `after`, ascending.
  virtual Result<std::vector<StoredAdapter>> scan(std::string_view after, std::size_t most) = 0;
};

}  // namespace peregrine::store
