// What the suites that every implementation of a store passes stand on: makers of stores, and the ids of what
// they list. For tests only.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/page.h"
#include "store/testing/folder.h"

namespace peregrine::store::testing {

// A maker's open() closes the store, if there was one, and gives it anew with what it had. `kOptions` are
// what the store's constructor takes.
template <class Store, auto... kOptions>
class OnDisk {
 public:
  // `options` come behind kOptions.
  template <class... Options>
  Store& open(const Options&... options) {
    store_.reset();
    database_.reset();
    database_ = Database::open(folder_.path()).value();
    store_ = std::make_unique<Store>(*database_, kOptions..., options...);
    return *store_;
  }

 private:
  Folder folder_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Store> store_;
};

template <class Store, auto... kOptions>
class InMemory {
 public:
  Store& open() { return store_; }

 private:
  Store store_{kOptions...};
};

using Ids = std::vector<std::string>;

// Calls `work` with 0 .. threads - 1, each on a thread of its own, at once.
inline void on_threads(int threads, const std::function<void(int)>& work) {
  std::vector<std::thread> running;
  running.reserve(static_cast<std::size_t>(threads));
  for (int t = 0; t < threads; ++t) running.emplace_back([&work, t] { work(t); });
  for (std::thread& thread : running) thread.join();
}

template <class StoreMaker>
class Conformance : public ::testing::Test {
 protected:
  template <class Record>
  static Ids ids(const Result<std::vector<Record>>& records) {
    EXPECT_TRUE(records.has_value());
    Ids out;
    for (const Record& one : *records) out.push_back(one.id);
    return out;
  }
  template <class Record>
  static Ids ids(const Result<Page<Record>>& page) {
    EXPECT_TRUE(page.has_value());
    return ids<Record>(page->records);
  }

  StoreMaker maker_;
};

// Of an AgedStore, Interface.
template <class StoreMaker, class Interface>
class AgedConformance : public Conformance<StoreMaker> {
 protected:
  static auto query(std::size_t limit = 100, std::string organisation = "acme") {
    typename Interface::Query out;
    out.organisation = std::move(organisation);
    out.limit = limit;
    return out;
  }
};

}  // namespace peregrine::store::testing
