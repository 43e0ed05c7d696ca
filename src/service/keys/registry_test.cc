#include "service/keys/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/ids.h"
#include "service/keys/keys.h"
#include "store/keys/testing/memory_key_store.h"

namespace peregrine::service {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr std::int64_t kToday = 1'000'000;

class Registry : public ::testing::Test {
 protected:
  IssuedKey issue(const std::string& name) {
    KeyOrder order;
    order.name = name;
    return registry_.issue(order, kToday).value();
  }
  store::testing::MemoryKeyStore store_;
  KeyRegistry registry_{store_};
};

TEST_F(Registry, WhatIsIssuedOpensAndIsStoredAsADigestOnly) {
  KeyOrder order;
  order.name = "lab";
  order.organisation = "acme";
  order.scope = KeyScope::parse("chat,admin", "llama-*").value();
  order.limits = parse_limits("rpm=5").value();
  order.expires_at = kToday + 10;
  const IssuedKey issued = registry_.issue(order, kToday).value();
  EXPECT_THAT(issued.text, MatchesRegex("gsk_[0-9a-hjkmnp-tv-z]{52}"));
  const store::StoredKey stored = store_.list(10).value().front();
  EXPECT_EQ(stored.digest, base::sha256_hex(issued.text));
  for (const std::string& text : {stored.id, stored.name, stored.organisation, stored.digest, stored.hint,
                                  stored.endpoints, stored.models, stored.limits}) {
    EXPECT_THAT(text, Not(HasSubstr(issued.text.substr(10)))) << "the key's secret part is kept";
  }
  KeyRing ring;
  ring.replace(registry_.list().value());
  const auto found = ring.find(issued.text, kToday);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->organisation, "acme");
  EXPECT_TRUE(found->scope.allows(EndpointGroup::kAdmin));
  EXPECT_FALSE(found->scope.allows(EndpointGroup::kEmbeddings));
  EXPECT_EQ(found->limits, order.limits);
  EXPECT_FALSE(ring.find(issued.text, kToday + 10));
}

TEST_F(Registry, EveryKeyIsAnother) {
  std::set<std::string> texts;
  std::set<char> last;
  for (int i = 0; i < 200; ++i) {
    const std::string text = issue("x").text;
    texts.insert(text);
    last.insert(text.back());
  }
  EXPECT_EQ(texts.size(), 200U);
  EXPECT_EQ(last, (std::set<char>{'0', 'g'})) << "256 bits leave one for the last digit";
}

TEST_F(Registry, RefusesOrdersThatMakeNoSense) {
  const auto where_of = [&](const KeyOrder& order) { return registry_.issue(order, kToday).error().where; };
  KeyOrder good;
  good.name = "lab";
  for (const std::string& name :
       {std::string(), std::string(65, 'x'), std::string("a\nb"), std::string("\xC3\xA9")}) {
    KeyOrder order = good;
    order.name = name;
    EXPECT_EQ(where_of(order), "name") << name;
  }
  for (const std::string& name :
       {std::string(), std::string(65, 'x'), std::string("a b"), std::string("a`b")}) {
    KeyOrder order = good;
    order.organisation = name;
    EXPECT_EQ(where_of(order), "org") << name;
  }
  KeyOrder late = good;
  late.expires_at = kToday;
  EXPECT_EQ(where_of(late), "expires");
  EXPECT_TRUE(store_.list(10).value().empty());
}

TEST_F(Registry, RevokesByIdAndByAClearName) {
  const IssuedKey one = issue("one");
  const IssuedKey two = issue("two");
  const IssuedKey again = issue("two");
  EXPECT_EQ(registry_.revoke("none", kToday).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(registry_.revoke("two", kToday).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(registry_.revoke(two.key.id, kToday + 1).value().revoked_at, kToday + 1);
  EXPECT_EQ(registry_.revoke("two", kToday + 2).value().id, again.key.id);
  EXPECT_EQ(registry_.revoke(two.key.id, kToday + 3).error().code, ErrorCode::kInvalidArgument);
  KeyRing ring;
  ring.replace(registry_.list().value());
  EXPECT_TRUE(ring.find(one.text, kToday));
  EXPECT_FALSE(ring.find(two.text, kToday));
  EXPECT_FALSE(ring.find(again.text, kToday));
}

TEST_F(Registry, ARecordOfAnotherTimeIsNotGuessedAt) {
  store::StoredKey strange;
  strange.id = "key_x";
  strange.digest = std::string(64, 'a');
  strange.endpoints = "telepathy";
  ASSERT_TRUE(store_.add(strange));
  EXPECT_EQ(registry_.list().error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(registry_.list().error().where, "key_x");
}

}  // namespace
}  // namespace peregrine::service
