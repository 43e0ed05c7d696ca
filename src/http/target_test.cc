#include "http/target.h"

#include <gtest/gtest.h>

namespace peregrine::http {
namespace {

using namespace std::string_view_literals;

std::string show(const Params& params) {
  std::string out;
  for (const auto& [name, value] : params) out += "[" + name + "|" + value + "]";
  return out;
}

TEST(Target, Accepts) {
  struct Row {
    std::string_view target, path, query;
  };
  const Row rows[] = {
      {"/", "/", ""},
      {"/openai/v1/models", "/openai/v1/models", ""},
      {"//openai//v1", "/openai//v1", ""},
      {"////", "/", ""},
      {"/models/openai%2Fgpt-oss-20b", "/models/openai%2Fgpt-oss-20b", ""},
      {"/a?", "/a", ""},
      {"/a?&&", "/a", ""},
      {"/a?x=1&y=2", "/a", "[x|1][y|2]"},
      {"/a?x=1=2", "/a", "[x|1=2]"},
      {"/a?x&=v", "/a", "[x|][|v]"},
      {"/a?q=one+two%2Bthree%20four", "/a", "[q|one two+three four]"},
      {"/a?q=%C3%A9?/", "/a", "[q|é?/]"},
      {"/a+b", "/a+b", ""},
      {"http://host:80/p?x=1", "/p", "[x|1]"},
      {"HTTPS://host", "/", ""},
      {"http://host?x=1", "/", "[x|1]"},
      {"*", "*", ""},
  };
  for (const Row& row : rows) {
    const auto target = parse_target(row.target);
    ASSERT_TRUE(target.has_value()) << row.target << ": " << target.error().text();
    EXPECT_EQ(target->path, row.path) << row.target;
    EXPECT_EQ(show(target->query), row.query) << row.target;
  }
}

TEST(Target, Refuses) {
  const std::string_view rows[] = {
      "",         "a",       "?x=1",       "ftp://h/", "http://",  "http:///p", "/a#b",      "/%",   "/%4",
      "/%zz",     "/%4g",    "/a?%",       "/a?x=%f",  "/a?%zz=1", "/%00",      "/a?x=%00",  "/%ff", "/%c3",
      "/a?x=%ff", "/%c0%af", "/%ed%a0%80", "host:443", "/\x80"sv,  "/a\0b"sv,   "/a?x=\xff",
  };
  for (const std::string_view row : rows) {
    const auto target = parse_target(row);
    ASSERT_FALSE(target.has_value()) << row;
    EXPECT_EQ(target.error().code, ErrorCode::kInvalidArgument);
    EXPECT_TRUE(target.error().message.ends_with('.')) << target.error().message;
  }
}

TEST(Target, BoundsTheNumberOfQueryFields) {
  std::string target = "/a?";
  for (std::size_t i = 0; i < kMaxQueryFields; ++i) target += "x&";
  EXPECT_TRUE(parse_target(target).has_value());
  EXPECT_FALSE(parse_target(target + "x").has_value());
}

TEST(PercentDecode, TellsPlusApart) {
  EXPECT_EQ(percent_decode("a+b%2b", Plus::kLiteral), "a+b+");
  EXPECT_EQ(percent_decode("a+b%2b", Plus::kSpace), "a b+");
}

}  // namespace
}  // namespace peregrine::http
