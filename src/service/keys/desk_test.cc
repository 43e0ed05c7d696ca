#include "service/keys/desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/keys/testing/memory_key_store.h"

namespace peregrine::service {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kDeskDay = 1'700'000'000;

class Desk : public ::testing::Test {
 protected:
  static Status agree(const std::vector<ApiKey>&) { return {}; }
  static KeyOrder for_scope(std::string_view scopes) {
    KeyOrder order;
    order.name = "lab";
    order.scope = KeyScope::parse(scopes, "").value();
    return order;
  }
  bool opens(const std::string& text) const { return ring_.find(text, kDeskDay) != nullptr; }

  KeyRing ring_;
  store::testing::MemoryKeyStore store_;
  KeyDesk desk_{ring_, &store_};
};

TEST_F(Desk, WhatIsMadeAndRevokedHoldsAtOnce) {
  ASSERT_TRUE(desk_.configure({configured_key("sesame", true)}, agree));
  const auto issued = desk_.issue(for_scope("chat"), kDeskDay);
  ASSERT_TRUE(issued);
  EXPECT_TRUE(opens(issued->text));
  EXPECT_TRUE(opens("sesame"));
  ASSERT_EQ(desk_.list()->size(), 2U);
  EXPECT_EQ(desk_.list()->back().id, configured_key("sesame", true).id);
  const auto revoked = desk_.revoke(issued->key.id, kDeskDay);
  ASSERT_TRUE(revoked);
  EXPECT_EQ(revoked->revoked_at, kDeskDay);
  EXPECT_FALSE(opens(issued->text));
  EXPECT_TRUE(opens("sesame"));
}

TEST_F(Desk, TheFirstKeyIsAnAdministrators) {
  const auto refused = desk_.issue(for_scope("all"), kDeskDay);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "scopes");
  EXPECT_TRUE(ring_.open());
  EXPECT_TRUE(desk_.list()->empty());
  ASSERT_TRUE(desk_.issue(for_scope("all,admin"), kDeskDay));
  EXPECT_FALSE(ring_.open());
  EXPECT_TRUE(desk_.issue(for_scope("chat"), kDeskDay));
}

TEST_F(Desk, WhatOthersDoToTheStoreHoldsWhenItIsReadAgain) {
  ASSERT_TRUE(desk_.issue(for_scope("admin"), kDeskDay));
  const auto made = KeyRegistry(store_).issue(for_scope("chat"), kDeskDay);
  ASSERT_TRUE(made);
  EXPECT_FALSE(opens(made->text));
  ASSERT_TRUE(desk_.configure({}, agree));
  EXPECT_TRUE(opens(made->text));
}

TEST_F(Desk, NothingChangesWhereSomebodyDisagrees) {
  ASSERT_TRUE(desk_.configure({configured_key("old", false)}, agree));
  const Status refused = desk_.configure({configured_key("new", false)}, [](const std::vector<ApiKey>& keys) {
    EXPECT_EQ(keys.size(), 1U);
    return Status(fail(ErrorCode::kPermissionDenied, "no"));
  });
  EXPECT_FALSE(refused);
  EXPECT_TRUE(opens("old"));
  EXPECT_FALSE(opens("new"));
  EXPECT_EQ(desk_.list()->front().id, configured_key("old", false).id);
}

TEST_F(Desk, KeysOfTheConfigurationAreRevokedThere) {
  const ApiKey key = configured_key("sesame", true);
  ASSERT_TRUE(desk_.configure({key}, agree));
  const auto refused = desk_.revoke(key.id, kDeskDay);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(refused.error().message, HasSubstr("configuration file"));
  EXPECT_TRUE(opens("sesame"));
}

TEST(DeskWithoutStore, HasTheKeysOfTheConfiguration) {
  KeyRing ring;
  KeyDesk desk(ring, nullptr);
  EXPECT_FALSE(desk.keeps());
  ASSERT_TRUE(desk.configure({configured_key("sesame", false)}, [](const auto&) { return Status(); }));
  EXPECT_EQ(desk.list()->size(), 1U);
  EXPECT_TRUE(ring.find("sesame", 0));
}

}  // namespace
}  // namespace peregrine::service
