#include "http/message.h"

#include <gtest/gtest.h>

namespace peregrine::http {
namespace {

TEST(Headers, LookUpWithoutCaseAndKeepOrder) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("X-One", "1");
  headers.add("accept", "b");
  EXPECT_EQ(headers.get("ACCEPT"), "a");
  EXPECT_EQ(headers.get("x-two"), "");
  EXPECT_TRUE(headers.contains("x-ONE"));
  std::string order;
  for (const Header& field : headers) order += field.name + "=" + field.value + ";";
  EXPECT_EQ(order, "Accept=a;X-One=1;accept=b;");
}

TEST(Headers, SetReplacesEveryFieldOfTheName) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("accept", "b");
  headers.set("ACCEPT", "c");
  EXPECT_EQ(headers.size(), 1u);
  EXPECT_EQ(headers.get("accept"), "c");
  headers.remove("Accept");
  EXPECT_FALSE(headers.contains("accept"));
}

TEST(Request, GivesTheFirstQueryValue) {
  Request request;
  request.query = {{"after", "x"}, {"after", "y"}};
  EXPECT_EQ(request.query_value("after"), "x");
  EXPECT_EQ(request.query_value("limit"), "");
}

}  // namespace
}  // namespace peregrine::http
