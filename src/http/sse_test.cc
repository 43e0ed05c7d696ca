#include "http/sse.h"

#include <gtest/gtest.h>

namespace peregrine::http {
namespace {

TEST(Sse, FramesEvents) {
  EXPECT_EQ(sse_event("{\"a\":1}"), "data: {\"a\":1}\n\n");
  EXPECT_EQ(sse_event("x", "error"), "event: error\ndata: x\n\n");
  EXPECT_EQ(sse_event(""), "data: \n\n");
}

TEST(Sse, NoDataCanEndALineOrAnEvent) {
  EXPECT_EQ(sse_event("a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n");
  EXPECT_EQ(sse_event("a\n\nevent: x"), "data: a\ndata: \ndata: event: x\n\n");
  EXPECT_EQ(sse_event("a\n"), "data: a\ndata: \n\n");
  EXPECT_EQ(sse_event("d", "x\ndata: y"), "event: x data: y\ndata: d\n\n");
}

TEST(Sse, CommentsAreOneLine) {
  EXPECT_EQ(sse_comment(), ": keep-alive\n\n");
  EXPECT_EQ(sse_comment("a\r\nb"), ": a  b\n\n");
}

TEST(Sse, Appends) {
  std::string out = sse_event("1");
  append_sse_event(out, "2");
  EXPECT_EQ(out, "data: 1\n\ndata: 2\n\n");
}

}  // namespace
}  // namespace peregrine::http
