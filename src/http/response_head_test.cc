#include "http/response_head.h"

#include <gtest/gtest.h>

namespace peregrine::http {
namespace {

constexpr std::string_view kDate = "Sun, 06 Nov 1994 08:49:37 GMT";

TEST(ResponseHead, RendersLengthAndConnection) {
  Headers own;
  own.set("content-type", "text/plain");
  ResponseHead head;
  head.length = 5;
  EXPECT_EQ(render_head(head, own, {}, kDate),
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "content-length: 5\r\n\r\n");
  head.status = 498;
  head.framing = Framing::kChunked;
  head.keep_alive = false;
  EXPECT_EQ(render_head(head, {}, {}, kDate),
            "HTTP/1.1 498 \r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "transfer-encoding: chunked\r\nconnection: close\r\n\r\n");
  head.status = 204;
  head.framing = Framing::kNone;
  head.keep_alive = true;
  head.http_1_0 = true;
  EXPECT_EQ(
      render_head(head, {}, {}, kDate),
      "HTTP/1.1 204 No Content\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\nconnection: keep-alive\r\n\r\n");
}

TEST(ResponseHead, OwnFieldsWinOverCommonOnes) {
  Headers own;
  own.set("Cache-Control", "no-cache");
  Headers common;
  common.set("cache-control", "private");
  common.set("x-request-id", "req_1");
  const std::string bytes = render_head({}, own, common, kDate);
  EXPECT_NE(bytes.find("Cache-Control: no-cache\r\n"), std::string::npos);
  EXPECT_NE(bytes.find("x-request-id: req_1\r\n"), std::string::npos);
  EXPECT_EQ(bytes.find("private"), std::string::npos);
}

TEST(ResponseHead, NoFieldCanForgeAnother) {
  Headers own;
  own.add("x-name", "a\r\nset-cookie: b\r\n\r\n<html>");
  own.add("bad name", "c");
  own.add("bad:name", "d");
  own.add("", "e");
  own.add("Content-Length", "999");
  own.add("TRANSFER-ENCODING", "chunked");
  own.add("x-tab", std::string("t\tu\x7f\0v", 6));
  ResponseHead head;
  head.length = 3;
  EXPECT_EQ(render_head(head, own, {}, kDate),
            "HTTP/1.1 200 OK\r\nx-name: a  set-cookie: b    <html>\r\nx-tab: t\tu  v\r\n"
            "date: Sun, 06 Nov 1994 08:49:37 GMT\r\ncontent-length: 3\r\n\r\n");
}

TEST(ResponseHead, WritesDates) {
  EXPECT_EQ(http_date(784111777), kDate);
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace
}  // namespace peregrine::http
