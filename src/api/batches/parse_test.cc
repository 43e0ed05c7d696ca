// Orders and lines of batches, and what comes out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "api/batches/wire.h"

namespace peregrine::api {
namespace {

using ::testing::HasSubstr;

std::string line(const std::string& body, const std::string& url = "/v1/chat/completions",
                 const std::string& method = "POST") {
  return R"({"custom_id":"a","method":")" + method + R"(","url":")" + url + R"(","body":)" + body + "}";
}

TEST(BatchLine, ChatsAreAskedAtTheFlexTier) {
  const auto read = parse_batch_line(line(R"({"model":"m","messages":[],"seed":1.5e300})"));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->custom_id, "a");
  EXPECT_EQ(read->url, "/v1/chat/completions");
  EXPECT_FALSE(read->fault);
  EXPECT_EQ(boost::json::parse(read->body),
            boost::json::parse(R"({"model":"m","messages":[],"seed":1.5e300,"service_tier":"flex"})"));
}

TEST(BatchLine, ResponsesAreNotKeptUnlessTheySaySo) {
  const auto body = [](const std::string& text) {
    return boost::json::parse(parse_batch_line(line(text, "/openai/v1/responses"))->body);
  };
  EXPECT_EQ(body("{}"), boost::json::parse(R"({"service_tier":"flex","store":false})"));
  EXPECT_EQ(body(R"({"store":true})"), boost::json::parse(R"({"store":true,"service_tier":"flex"})"));
}

TEST(BatchLine, OthersStayAsTheyAre) {
  for (const char* url : {"/v1/embeddings", "/v1/audio/transcriptions", "/openai/v1/audio/translations"}) {
    EXPECT_EQ(parse_batch_line(line(R"({"model":"m"})", url))->body, R"({"model":"m"})") << url;
  }
}

TEST(BatchLine, SomeCannotBeAsked) {
  const auto fault = [](const std::string& text) { return parse_batch_line(text)->fault.value(); };
  const store::BatchFault method = fault(line("{}", "/v1/embeddings", "GET"));
  EXPECT_EQ(method.code, "invalid_method");
  EXPECT_EQ(method.message, "Invalid value: 'GET'. Supported values are: 'POST'");
  EXPECT_EQ(method.param, "method");
  EXPECT_EQ(fault(line(R"({"stream":true})")).param, "body.stream");
  EXPECT_EQ(fault(line(R"({"service_tier":"auto"})")).param, "body.service_tier");
  EXPECT_FALSE(parse_batch_line(line(R"({"stream":false,"service_tier":null})"))->fault);
}

TEST(BatchLine, SomeAreNone) {
  const struct {
    const char* text;
    const char* code;
    const char* message;
    const char* param;
  } kRows[] = {
      {"", "invalid_json", "empty", ""},
      {"{", "invalid_json", "not valid JSON", ""},
      {"[]", "invalid_line", "object", ""},
      {R"({"method":"POST","url":"/v1/embeddings","body":{}})", "invalid_line", "'custom_id' is missing",
       "custom_id"},
      {R"({"custom_id":"","method":"POST","url":"/v1/embeddings","body":{}})", "invalid_line", "length",
       "custom_id"},
      {R"({"custom_id":1,"method":"POST","url":"/v1/embeddings","body":{}})", "invalid_line", "string",
       "custom_id"},
      {R"({"custom_id":"a","url":"/v1/embeddings","body":{}})", "invalid_line", "'method' is missing",
       "method"},
      {R"({"custom_id":"a","method":"POST","body":{}})", "invalid_line", "'url' is missing", "url"},
      {R"({"custom_id":"a","method":"POST","url":"/v1/models","body":{}})", "invalid_line", "must be one of",
       "url"},
      {R"({"custom_id":"a","method":"POST","url":"/v1/embeddings"})", "invalid_line", "'body' is missing",
       "body"},
      {R"({"custom_id":"a","method":"POST","url":"/v1/embeddings","body":"{}"})", "invalid_line", "object",
       "body"},
      {R"({"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{},"x":1})", "invalid_line",
       "property 'x' is unsupported", "x"},
      {R"({"custom_id":"a","custom_id":"b","method":"POST","url":"/v1/embeddings","body":{}})",
       "invalid_json", "more than once", "custom_id"},
  };
  for (const auto& row : kRows) {
    const auto read = parse_batch_line(row.text);
    ASSERT_FALSE(read.has_value()) << row.text;
    EXPECT_EQ(read.error().code, row.code) << row.text;
    EXPECT_THAT(read.error().message, HasSubstr(row.message)) << row.text;
    EXPECT_EQ(read.error().param, row.param) << row.text;
  }
}

TEST(BatchOutput, IsOneLine) {
  http::Response response;
  response.headers.set("content-type", "application/json");
  response.headers.set("x-request-id", "req_1");
  response.body = R"({"a":1})";
  const auto out = boost::json::parse(render_answered_line("x\n", response)).as_object();
  EXPECT_THAT(std::string(out.at("id").as_string()), ::testing::StartsWith("batch_req_out_"));
  EXPECT_EQ(out.at("custom_id"), "x\n");
  EXPECT_EQ(boost::json::serialize(out.at("response")),
            R"({"status_code":200,"request_id":"req_1","body":{"a":1}})");
  EXPECT_TRUE(out.at("error").is_null());
  response.headers.set("content-type", "text/plain");
  response.body = "two\nlines";
  const std::string text = render_answered_line("x", response);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(boost::json::parse(text).at("response").at("body"), "two\nlines");
  const auto refused = boost::json::parse(render_refused_line("x", "batch_expired", "late")).as_object();
  EXPECT_TRUE(refused.at("response").is_null());
  EXPECT_EQ(boost::json::serialize(refused.at("error")), R"({"code":"batch_expired","message":"late"})");
}

}  // namespace
}  // namespace peregrine::api
