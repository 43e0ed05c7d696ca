#include "hub/response_head.h"

#include <gtest/gtest.h>

#include "hub/limits.h"

namespace peregrine::hub {
namespace {

using std::chrono::seconds;

TEST(ResponseHead, TheLastStatusLineCounts) {
  ResponseHead head;
  for (const char* line :
       {"HTTP/1.1 100 Continue\r\n", "X-Old: 1\r\n", "\r\n", "HTTP/1.1 206 Partial\r\n",
        "Content-Range:  bytes 0-9/10 \r\n", "ETag: \"a\"\r\n", "etag: \"b\"\r\n", "\r\n"}) {
    EXPECT_TRUE(head.add_line(line));
  }
  EXPECT_EQ(head.status(), 206);
  EXPECT_EQ(head.get("content-range"), "bytes 0-9/10");
  EXPECT_EQ(head.get("etag"), "\"a\"");
  EXPECT_EQ(head.get("x-old"), "");
  EXPECT_FALSE(head.is_redirect());
}

TEST(ResponseHead, Limits) {
  ResponseHead many;
  std::size_t lines = 0;
  while (lines < 2 * kMaxHeaders && many.add_line("A: b\r\n")) ++lines;
  EXPECT_EQ(lines, kMaxHeaders);
  ResponseHead large;
  EXPECT_FALSE(large.add_line("A: " + std::string(kMaxHeaderBytes, 'x')));
  ResponseHead interim;
  std::size_t heads = 0;
  while (heads < kMaxHeaderBytes && interim.add_line("HTTP/1.1 100 Continue\r\n")) ++heads;
  EXPECT_LT(heads, kMaxHeaderBytes) << "interim responses count together";
}

TEST(ResponseHead, NonsenseStatusLines) {
  for (const char* line :
       {"HTTP/1.1\r\n", "HTTP/1.1 \r\n", "HTTP/1.1 2\r\n", "HTTP/1.1 abc\r\n", "HTTP/1.1 -12\r\n"}) {
    ResponseHead head;
    EXPECT_TRUE(head.add_line(line));
    EXPECT_LT(head.status(), 100) << line;
  }
}

TEST(ContentRange, OnlyWhatTheRfcAllows) {
  const auto range = parse_content_range("bytes 5-9/10");
  ASSERT_TRUE(range);
  EXPECT_EQ(range->first, 5U);
  EXPECT_EQ(range->last, 9U);
  EXPECT_EQ(range->total, 10U);
  for (const char* bad : {"", "bytes", "bytes ", "bytes 5-9", "bytes 5-9/", "bytes 5-9/*", "bytes */10",
                          "bytes 9-5/10", "bytes 5-10/10", "bytes -5/10", "bytes 5-/10", "bytes 5 - 9/10",
                          "items 5-9/10", "bytes 5-9/10 ", "bytes 5-9/1x", "bytes +5-9/10",
                          "bytes 0-18446744073709551615/18446744073709551616", "bytes 5-9/10/11"}) {
    EXPECT_FALSE(parse_content_range(bad)) << bad;
  }
}

TEST(Etag, DigestsAndStrongOnes) {
  const std::string digest(64, 'a');
  EXPECT_EQ(sha256_of_etag("\"" + digest + "\""), digest);
  EXPECT_EQ(sha256_of_etag("W/\"" + digest + "\""), digest);
  EXPECT_EQ(sha256_of_etag(std::string(64, 'A')), digest);
  EXPECT_FALSE(sha256_of_etag("\"" + digest.substr(1) + "\""));
  EXPECT_FALSE(sha256_of_etag(std::string(63, 'a') + "g"));
  EXPECT_FALSE(sha256_of_etag(""));
  EXPECT_EQ(strong_etag("\"x\""), "\"x\"");
  for (const char* weak : {"W/\"x\"", "x", "\"\"", "\"x", "\"a\"b\"", ""})
    EXPECT_EQ(strong_etag(weak), "") << weak;
}

TEST(RetryAfter, SecondsWithinReason) {
  EXPECT_EQ(parse_retry_after("7"), seconds(7));
  EXPECT_EQ(parse_retry_after("86400"), kMaxRetryAfter);
  EXPECT_EQ(parse_retry_after("99999999999999999999999"), seconds(0));
  EXPECT_EQ(parse_retry_after("-1"), seconds(0));
  EXPECT_EQ(parse_retry_after("Fri, 31 Dec 1999 23:59:59 GMT"), seconds(0));
}

TEST(Link, Next) {
  EXPECT_EQ(next_link("<https://h/a?cursor=x,y>; rel=\"next\""), "https://h/a?cursor=x,y");
  EXPECT_EQ(next_link("<https://h/p>; rel=\"prev\", <https://h/n>; rel=\"next\""), "https://h/n");
  EXPECT_EQ(next_link("<https://h/p>; rel=\"prev\""), "");
  for (const char* bad : {"", "<", "<>", "rel=\"next\"", "<<<<", "<a", ">", "< >;"})
    EXPECT_EQ(next_link(bad), "") << bad;
}

}  // namespace
}  // namespace peregrine::hub
