// What every KeyStore does. A further implementation is held to it by one more maker.
#include "store/keys/key_store.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/keys/sqlite_key_store.h"
#include "store/keys/testing/memory_key_store.h"
#include "store/testing/conformance.h"

namespace peregrine::store {
namespace {

template <class Maker>
class KeyStoreConformance : public testing::Conformance<Maker> {
 protected:
  static StoredKey key(const std::string& id) {
    StoredKey out;
    out.id = id;
    out.name = "of " + id;
    out.organisation = "acme";
    out.digest = std::string(60, 'a') + id;
    out.hint = "gsk_0123";
    out.endpoints = "chat,models";
    out.models = "llama-*";
    out.limits = "rpm=60";
    out.created_at = 1000;
    return out;
  }
};

using KeyMakers =
    ::testing::Types<testing::OnDisk<SqliteKeyStore>, testing::InMemory<testing::MemoryKeyStore>>;
TYPED_TEST_SUITE(KeyStoreConformance, KeyMakers);

TYPED_TEST(KeyStoreConformance, WhatWentInComesOut) {
  StoredKey in = this->key("k1");
  in.name = std::string("nul \0 and \xE2\x82\xAC", 13);
  in.expires_at = 5000;
  ASSERT_TRUE(this->maker_.open().add(in));
  EXPECT_EQ(this->maker_.open().list(10).value(), std::vector{in});
}

TYPED_TEST(KeyStoreConformance, ListsInTheOrderOfIds) {
  KeyStore& store = this->maker_.open();
  EXPECT_TRUE(store.list(0).value().empty());
  for (const char* id : {"k2", "k3", "k1"}) ASSERT_TRUE(store.add(this->key(id)));
  EXPECT_EQ(store.list(3).value(), (std::vector{this->key("k1"), this->key("k2"), this->key("k3")}));
  EXPECT_EQ(store.list(2).error().code, ErrorCode::kResourceExhausted);
}

TYPED_TEST(KeyStoreConformance, TakesNoIdAndNoDigestTwice) {
  KeyStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->key("k1")));
  StoredKey same_id = this->key("k2");
  same_id.id = "k1";
  EXPECT_FALSE(store.add(same_id));
  StoredKey same_digest = this->key("k2");
  same_digest.digest = this->key("k1").digest;
  EXPECT_FALSE(store.add(same_digest));
  EXPECT_EQ(store.list(10).value(), std::vector{this->key("k1")});
}

TYPED_TEST(KeyStoreConformance, RevokesOnceAndForGood) {
  KeyStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->key("k1")));
  ASSERT_TRUE(store.add(this->key("k2")));
  EXPECT_EQ(store.revoke("k1", 2000).value(), true);
  EXPECT_EQ(store.revoke("k1", 3000).value(), false);
  EXPECT_EQ(store.revoke("k9", 3000).value(), false);
  StoredKey revoked = this->key("k1");
  revoked.revoked_at = 2000;
  EXPECT_EQ(this->maker_.open().list(10).value(), (std::vector{revoked, this->key("k2")}));
}

}  // namespace
}  // namespace peregrine::store
