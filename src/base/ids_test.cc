#include "base/ids.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace peregrine::base {
namespace {

TEST(Ids, UuidsHaveVersionAndVariantAndDiffer) {
  const std::regex shape("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = uuid4();
    ASSERT_TRUE(std::regex_match(id, shape)) << id;
    ASSERT_TRUE(seen.insert(id).second);
  }
}

TEST(Ids, TypeIdsAreTimeOrderedVersion7) {
  const std::string id = type_id("req");
  EXPECT_TRUE(std::regex_match(id, std::regex("req_[0-7][0-9a-hjkmnp-tv-z]{25}"))) << id;
  // Bits 48 to 51 hold the version: the low two bits of digit 9 and the high two of digit 10 of the 26 (2
  // bits of padding lead), so digit 10 (0-based) spans bits 48..52 and begins with 0111.
  const std::string digits = id.substr(4);
  EXPECT_TRUE(digits[10] == 'e' || digits[10] == 'f') << id;
}

TEST(Ids, Sha256MatchesTheStandardsExample) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Ids, ConstantTimeEqualIsEquality) {
  EXPECT_TRUE(constant_time_equal("gsk_1", "gsk_1"));
  EXPECT_FALSE(constant_time_equal("gsk_1", "gsk_2"));
  EXPECT_FALSE(constant_time_equal("gsk_1", "gsk_11"));
  EXPECT_TRUE(constant_time_equal("", ""));
}

}  // namespace
}  // namespace peregrine::base
