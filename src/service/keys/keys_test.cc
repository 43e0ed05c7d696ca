#include "service/keys/keys.h"

#include <gtest/gtest.h>

namespace peregrine::service {
namespace {

TEST(KeyRing, WithoutKeysEveryCallerIsWelcome) {
  const KeyRing ring;
  EXPECT_TRUE(ring.open());
  EXPECT_TRUE(ring.accepts(""));
  EXPECT_TRUE(ring.accepts("anything"));
}

TEST(KeyRing, OnlyTheExactKeysOpen) {
  const KeyRing ring({"gsk_one", "gsk_two"});
  EXPECT_FALSE(ring.open());
  EXPECT_TRUE(ring.accepts("gsk_one"));
  EXPECT_TRUE(ring.accepts("gsk_two"));
  for (const char* wrong : {"", "gsk_", "gsk_one ", " gsk_one", "GSK_ONE", "gsk_onegsk_two"}) {
    EXPECT_FALSE(ring.accepts(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace peregrine::service
