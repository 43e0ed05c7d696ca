// What every UsageStore does. A further implementation is held to it by one more maker.
#include "store/usage/usage_store.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "store/testing/conformance.h"
#include "store/usage/sqlite_usage_store.h"
#include "store/usage/testing/memory_usage_store.h"

namespace peregrine::store {
namespace {

using Sqlite = testing::OnDisk<SqliteUsageStore>;
using Memory = testing::InMemory<testing::MemoryUsageStore>;

template <class Maker>
class UsageStoreConformance : public testing::Conformance<Maker> {
 protected:
  static UsageQuery days(std::int64_t first, std::int64_t last) {
    UsageQuery query;
    query.first_day = first;
    query.last_day = last;
    query.most = 1000;
    return query;
  }
};

using UsageMakers = ::testing::Types<Sqlite, Memory>;
TYPED_TEST_SUITE(UsageStoreConformance, UsageMakers);

TYPED_TEST(UsageStoreConformance, AddsUpWhatStandsInOnePlace) {
  UsageStore& store = this->maker_.open();
  const UsageRow row{20000, "key_1", "acme", "m\xC3\xA9", {1, 0, 10, 4, 5, 10}};
  const UsageRow other{20000, "key_1", "acme", "n", {1, 1, 0, 0, 0, 0}};
  ASSERT_TRUE(store.add({row, row, other}));
  ASSERT_TRUE(store.add({row}));
  UsageRow thrice = row;
  thrice.amounts = {3, 0, 30, 12, 15, 30};
  EXPECT_EQ(this->maker_.open().sum(this->days(20000, 20000)).value(), (std::vector{thrice, other}));
}

TYPED_TEST(UsageStoreConformance, HoldsLargeSums) {
  UsageStore& store = this->maker_.open();
  const UsageRow row{1, "k", "o", "m", {1, 0, 1LL << 53, 0, 3, 0}};
  ASSERT_TRUE(store.add({row, row}));
  EXPECT_EQ(store.sum(this->days(1, 1)).value().front().amounts.prompt_tokens, 1LL << 54);
}

TYPED_TEST(UsageStoreConformance, SaysWhenThereAreTooManyRows) {
  UsageStore& store = this->maker_.open();
  ASSERT_TRUE(store.add({{1, "a", "o", "m", {1}}, {1, "b", "o", "m", {1}}}));
  UsageQuery query = this->days(0, 2);
  query.most = 2;
  EXPECT_EQ(store.sum(query).value().size(), 2U);
  query.most = 1;
  EXPECT_EQ(store.sum(query).error().code, ErrorCode::kResourceExhausted);
  query.by_key = false;
  EXPECT_EQ(store.sum(query).value(), (std::vector<UsageRow>{{1, "", "o", "m", {2}}}));
}

TYPED_TEST(UsageStoreConformance, AddsFromManyThreads) {
  UsageStore& store = this->maker_.open();
  testing::on_threads(4, [&](int) {
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(store.add({{7, "k", "o", "m", {1, 0, 2, 0, 3, 0}}}));
  });
  EXPECT_EQ(store.sum(this->days(7, 7)).value().front().amounts, (UsageAmounts{20, 0, 40, 0, 60, 0}));
}

// The two agree on random rows and every way to ask for them.
TEST(UsageStore, BothSumAlike) {
  Sqlite sqlite;
  Memory memory;
  UsageStore& one = sqlite.open();
  UsageStore& two = memory.open();
  std::mt19937 random(7);
  const auto any = [&](int n) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(n)); };
  std::vector<UsageRow> rows;
  for (int i = 0; i < 300; ++i) {
    rows.push_back({100 + any(5),
                    "k" + std::to_string(any(3)),
                    "o" + std::to_string(any(2)),
                    "m" + std::to_string(any(3)),
                    {any(3), any(2), any(100), any(50), any(70), any(9)}});
  }
  ASSERT_TRUE(one.add(rows));
  ASSERT_TRUE(two.add(rows));
  for (unsigned by = 0; by < 16; ++by) {
    const UsageQuery query{101, 103, (by & 1) != 0, (by & 2) != 0, (by & 4) != 0, (by & 8) != 0, 1000};
    EXPECT_EQ(one.sum(query).value(), two.sum(query).value()) << by;
  }
}

}  // namespace
}  // namespace peregrine::store
