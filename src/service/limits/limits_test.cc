#include "service/limits/limits.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace peregrine::service {
namespace {

TEST(Limits, AreWrittenAndReadAlike) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", ""},
      {"rpm=60", "rpm=60"},
      {"asd=1,rpm=0,tpd=1000000000000", "rpm=0,tpd=1000000000000,asd=1"},
      {"rpm=1,rpm=2", "rpm=2"},
  };
  for (const auto& [text, wanted] : table) {
    const auto limits = parse_limits(text);
    ASSERT_TRUE(limits) << text << ": " << limits.error().text();
    EXPECT_EQ(limits->text(), wanted);
    EXPECT_EQ(parse_limits(limits->text()).value(), *limits);
  }
  for (const char* bad : {"rpm", "rpm=", "=5", "rpm=x", "rpm=-1", "rpm=1.5", "rpm=1 ", "xyz=1",
                          "rpm=1,,tpm=1", ",", "rpm=1000000000001", "rpm=99999999999999999999", "RPM=1"}) {
    EXPECT_FALSE(parse_limits(bad)) << bad;
  }
}

TEST(Limits, ZeroIsNoLimitAndStillWins) {
  const Limits none = parse_limits("rpm=0").value();
  EXPECT_EQ(none[LimitKind::kRequestsPerMinute], std::nullopt);
  const Limits both = none.or_else(parse_limits("rpm=5,tpm=6").value());
  EXPECT_EQ(both[LimitKind::kRequestsPerMinute], std::nullopt);
  EXPECT_EQ(both[LimitKind::kTokensPerMinute], 6);
}

TEST(LimitRules, TheMostParticularWinsFieldByField) {
  LimitRules rules;
  rules.defaults = parse_limits("rpm=1,rpd=1,tpm=1,tpd=1,ash=1").value();
  rules.models["Large"] = parse_limits("rpd=2,tpm=2,tpd=2,ash=2").value();
  const Limits own = parse_limits("tpm=3,tpd=3,ash=3").value();
  rules.keys["lab"] = parse_limits("tpd=4,ash=4").value();
  rules.keys["key_1"] = parse_limits("ash=5").value();
  EXPECT_EQ(rules.of_key("key_1", "lab", own, "large").text(), "rpm=1,rpd=2,tpm=3,tpd=4,ash=5");
  EXPECT_EQ(rules.of_key("key_2", "other", {}, "small").text(), "rpm=1,rpd=1,tpm=1,tpd=1,ash=1");
  EXPECT_TRUE(rules.of_organisation("acme").empty());
  rules.organisations["ACME"] = parse_limits("rpm=9").value();
  EXPECT_EQ(rules.of_organisation("acme").text(), "rpm=9");
}

// A server without keys has one for everybody, whose id and name are empty.
TEST(LimitRules, NobodysKeyHasTheDefaults) {
  LimitRules rules;
  rules.defaults = parse_limits("rpm=7").value();
  EXPECT_EQ(rules.of_key("", "", {}, "m").text(), "rpm=7");
}

}  // namespace
}  // namespace peregrine::service
