// What every AdapterStore does. A further implementation is held to it by one more maker.
#include "store/adapters/adapter_store.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/adapters/sqlite_adapter_store.h"
#include "store/adapters/testing/memory_adapter_store.h"
#include "store/testing/conformance.h"

namespace peregrine::store {
namespace {

constexpr std::size_t kMany = 1000;

template <class Maker>
class AdapterStoreConformance : public testing::Conformance<Maker> {
 protected:
  static StoredAdapter adapter(const std::string& id, std::string organisation = "acme") {
    StoredAdapter out;
    out.id = id;
    out.organisation = std::move(organisation);
    out.name = "pirate";
    out.base_model = "org/Base";
    out.type = "lora";
    out.input_file_id = "file_1";
    out.created_at = 1000;
    out.fine_tuned_model = "ft:org/Base:" + out.organisation + "/pirate-" + id;
    out.bytes = 1ULL << 40;
    out.sha256 = std::string(64, 'a');
    return out;
  }
};

using AdapterMakers =
    ::testing::Types<testing::OnDisk<SqliteAdapterStore>, testing::InMemory<testing::MemoryAdapterStore>>;
TYPED_TEST_SUITE(AdapterStoreConformance, AdapterMakers);

using testing::Ids;

TYPED_TEST(AdapterStoreConformance, WhatWentInComesOut) {
  const StoredAdapter in = this->adapter("ft_1");
  ASSERT_TRUE(this->maker_.open().add(in, kMany).value());
  AdapterStore& store = this->maker_.open();
  EXPECT_EQ(store.find("ft_1", "acme").value(), in);
  EXPECT_FALSE(store.find("ft_2", "acme").value());
  EXPECT_EQ(store.scan("", 10).value(), std::vector{in});
}

TYPED_TEST(AdapterStoreConformance, ModelsAreFoundInAnyCase) {
  AdapterStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->adapter("ft_a"), kMany).value());
  const StoredAdapter in = this->adapter("ft_a");
  EXPECT_EQ(store.find_model("ft:org/Base:acme/pirate-ft_a").value(), in);
  EXPECT_EQ(store.find_model("FT:ORG/BASE:ACME/PIRATE-FT_A").value(), in);
  EXPECT_FALSE(store.find_model("ft:org/Base:acme/pirate-ft_").value());
  EXPECT_FALSE(store.find_model("ft:org/Base:acme/pirate-ft_%").value());
  StoredAdapter twin = this->adapter("ft_b");
  twin.fine_tuned_model = "ft:org/base:acme/PIRATE-ft_a";
  EXPECT_FALSE(store.add(twin, kMany).has_value());
}

TYPED_TEST(AdapterStoreConformance, AnIdIsTakenOnce) {
  AdapterStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->adapter("ft_1"), kMany).value());
  EXPECT_FALSE(store.add(this->adapter("ft_1", "other"), kMany).has_value());
  EXPECT_EQ(store.find("ft_1", "acme").value(), this->adapter("ft_1"));
}

TYPED_TEST(AdapterStoreConformance, OrganisationsDoNotSeeEachOther) {
  AdapterStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->adapter("ft_1"), kMany).value());
  const std::string model = this->adapter("ft_1").fine_tuned_model;
  for (const char* other : {"", "Acme", "acm", "acme "}) {
    EXPECT_FALSE(store.find("ft_1", other).value()) << other;
    EXPECT_FALSE(store.remove("ft_1", other).value()) << other;
    EXPECT_TRUE(store.list(other).value().empty()) << other;
  }
  EXPECT_EQ(store.find_model(model).value(), this->adapter("ft_1")) << "who asks looks at the organisation";
}

TYPED_TEST(AdapterStoreConformance, ListsTheNewestFirst) {
  AdapterStore& store = this->maker_.open();
  for (const char* id : {"ft_2", "ft_1", "ft_3"}) ASSERT_TRUE(store.add(this->adapter(id), kMany).value());
  ASSERT_TRUE(store.add(this->adapter("ft_4", "other"), kMany).value());
  EXPECT_EQ(this->ids(store.list("acme")), (Ids{"ft_3", "ft_2", "ft_1"}));
  EXPECT_EQ(this->ids(store.scan("", 2)), (Ids{"ft_1", "ft_2"}));
  EXPECT_EQ(this->ids(store.scan("ft_2", 5)), (Ids{"ft_3", "ft_4"}));
}

TYPED_TEST(AdapterStoreConformance, RemovedMeansGone) {
  ASSERT_TRUE(this->maker_.open().add(this->adapter("ft_1"), kMany).value());
  EXPECT_TRUE(this->maker_.open().remove("ft_1", "acme").value());
  AdapterStore& store = this->maker_.open();
  EXPECT_FALSE(store.remove("ft_1", "acme").value());
  EXPECT_FALSE(store.find("ft_1", "acme").value());
  EXPECT_TRUE(store.scan("", 10).value().empty());
}

TYPED_TEST(AdapterStoreConformance, AnOrganisationHasSoManyAtMost) {
  AdapterStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->adapter("ft_1"), 2).value());
  ASSERT_TRUE(store.add(this->adapter("ft_2"), 2).value());
  EXPECT_FALSE(store.add(this->adapter("ft_3"), 2).value());
  EXPECT_TRUE(store.add(this->adapter("ft_4", "other"), 2).value());
  ASSERT_TRUE(store.remove("ft_1", "acme").value());
  EXPECT_TRUE(store.add(this->adapter("ft_3"), 2).value());
}

TYPED_TEST(AdapterStoreConformance, TakesCallsFromManyThreads) {
  AdapterStore& store = this->maker_.open();
  constexpr int kThreads = 4;
  constexpr int kEach = 5;
  testing::on_threads(kThreads, [&](int t) {
    for (int i = 0; i < kEach; ++i) {
      const std::string id = "ft_" + std::to_string(t) + "_" + std::to_string(i);
      if (store.add(this->adapter(id), kThreads * kEach / 2).value()) {
        EXPECT_TRUE(store.find(id, "acme").value());
      }
    }
  });
  EXPECT_EQ(store.list("acme").value().size(), static_cast<std::size_t>(kThreads * kEach / 2));
}

}  // namespace
}  // namespace peregrine::store
