#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <limits>

#include "api/chat/answer.h"
#include "api/chat/render.h"

namespace peregrine::api {
namespace {

using service::ChatDone;
using service::ChatEvent;
using service::ChatFailed;
using service::ChatFinishReason;
using service::ChoiceFinished;
using service::Citation;
using service::CitationFound;
using service::ReasoningDelta;
using service::TextDelta;
using service::TokenLogprob;
using service::ToolCallDelta;
using service::Usage;

AnswerHead head() {
  AnswerHead head;
  head.id = "chatcmpl-1";
  head.request_id = "req_1";
  head.created = 1700000000;
  head.model = "org/m\"x";
  head.fingerprint = "fp_0123456789";
  head.seed = 7;
  head.tier = ServiceTier::kFlex;
  return head;
}

Usage usage() {
  return {.prompt_tokens = 3,
          .cached_tokens = 0,
          .completion_tokens = 2,
          .queue_seconds = 0.5,
          .prompt_seconds = 0.25,
          .completion_seconds = 0.125};
}

constexpr std::string_view kPrefix =
    R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"org/m\"x",)"
    R"("system_fingerprint":"fp_0123456789","choices":[)";
constexpr std::string_view kUsage =
    R"({"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,"queue_time":0.5,"prompt_time":0.25,)"
    R"("completion_time":0.125,"total_time":0.375})";

std::string frame(std::string_view rest) {
  return std::string(kPrefix).append(rest).append("\n\n");
}

TEST(ChatRender, OpeningContentClosingAndDone) {
  StreamedAnswer answer(head(), 1, false);
  std::string out;
  answer.open(out);
  EXPECT_EQ(out, frame(R"({"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,)"
                       R"("finish_reason":null}],"x_groq":{"id":"req_1","seed":7}})"));
  out.clear();
  answer.add(out, TextDelta{0, "Hé \"you\"\n", {}});
  EXPECT_EQ(
      out, frame(R"({"index":0,"delta":{"content":"Hé \"you\"\n"},"logprobs":null,"finish_reason":null}]})"));
  out.clear();
  answer.add(out, TextDelta{0, "", {}});
  EXPECT_EQ(out, "");
  answer.add(out, ChoiceFinished{0, ChatFinishReason::kLength});
  EXPECT_EQ(out, "");
  EXPECT_FALSE(answer.over());
  answer.add(out, ChatDone{usage(), {}});
  EXPECT_EQ(out, frame(std::string(R"({"index":0,"delta":{},"logprobs":null,"finish_reason":"length"}],)")
                           .append(R"("x_groq":{"id":"req_1","usage":)")
                           .append(kUsage)
                           .append(R"(,"seed":7}})")) +
                     "data: [DONE]\n\n");
  EXPECT_TRUE(answer.over());
  EXPECT_FALSE(answer.failure());
}

TEST(ChatRender, UsageChunkWhenAsked) {
  StreamedAnswer answer(head(), 1, true);
  std::string out;
  answer.add(out, ChoiceFinished{0, ChatFinishReason::kStop});
  answer.add(out, ChatDone{usage(), {}});
  const std::string wanted =
      frame(std::string(R"({"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],)")
                .append(R"("x_groq":{"id":"req_1","usage":)")
                .append(kUsage)
                .append(R"(,"seed":7},"usage":)")
                .append(kUsage)
                .append("}")) +
      frame(std::string(R"(],"usage":)").append(kUsage).append(R"(,"service_tier":"flex"})")) +
      "data: [DONE]\n\n";
  EXPECT_EQ(out, wanted);
}

TEST(ChatRender, SeveralChoicesShareOneStream) {
  StreamedAnswer answer(head(), 2, false);
  std::string out;
  answer.open(out);
  EXPECT_EQ(out, frame(R"({"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,)"
                       R"("finish_reason":null}],"x_groq":{"id":"req_1","seed":7}})") +
                     frame(R"({"index":1,"delta":{"role":"assistant","content":""},"logprobs":null,)"
                           R"("finish_reason":null}]})"));
  out.clear();
  answer.add(out, ChoiceFinished{1, ChatFinishReason::kStop});
  EXPECT_EQ(out, frame(R"({"index":1,"delta":{},"logprobs":null,"finish_reason":"stop"}]})"));
  out.clear();
  answer.add(out, ChoiceFinished{0, ChatFinishReason::kStop});
  answer.add(out, ChatDone{usage(), {}});
  EXPECT_TRUE(out.starts_with(std::string(kPrefix) + R"({"index":0,"delta":{},)")) << out;
  EXPECT_NE(out.find(R"("x_groq":{"id":"req_1","usage":)"), std::string::npos);
}

std::vector<TokenLogprob> logprobs() {
  TokenLogprob token;
  token.chosen = {"h\"", "h\"", -0.1F};
  token.top = {{"\uFFFD", "\xff", -std::numeric_limits<float>::infinity()}, {"<s>", "", -2.5F}};
  return {token};
}

constexpr std::string_view kLogprobs =
    R"({"content":[{"token":"h\"","logprob":-0.1,"bytes":[104,34],"top_logprobs":[)"
    R"({"token":"�","logprob":-9999,"bytes":[255]},{"token":"<s>","logprob":-2.5,"bytes":null}]}]})";

TEST(ChatRender, LogprobsRideOnTheirChunk) {
  StreamedAnswer answer(head(), 1, false);
  std::string out;
  answer.add(out, TextDelta{0, "", logprobs()});
  EXPECT_EQ(out, frame(std::string(R"({"index":0,"delta":{"content":""},"logprobs":)")
                           .append(kLogprobs)
                           .append(R"(,"finish_reason":null}]})")));
}

std::string delta_of(const ChatEvent& event, const AnswerHead& answer_head = head()) {
  StreamedAnswer answer(answer_head, 1, false);
  std::string out;
  answer.add(out, event);
  const std::size_t begin = out.find("\"delta\":");
  return begin == std::string::npos ? out : out.substr(begin, out.find(",\"logprobs\"") - begin);
}

TEST(ChatRender, PartsOfAStreamedAnswer) {
  EXPECT_EQ(delta_of(ReasoningDelta{0, "hm", false}), R"("delta":{"reasoning":"hm"})");
  EXPECT_EQ(delta_of(ReasoningDelta{0, "hm", true}), R"("delta":{"reasoning":"hm","channel":"analysis"})");
  EXPECT_EQ(delta_of(ToolCallDelta{0, 1, "call_x", "f", ""}),
            R"("delta":{"tool_calls":[{"index":1,"id":"call_x","type":"function",)"
            R"("function":{"name":"f","arguments":""}}]})");
  EXPECT_EQ(delta_of(ToolCallDelta{0, 1, "", "", "{\""}),
            R"("delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\""}}]})");
  AnswerHead old = head();
  old.old_functions = true;
  EXPECT_EQ(delta_of(ToolCallDelta{0, 0, "call_x", "f", "{}"}, old),
            R"("delta":{"function_call":{"name":"f","arguments":"{}"}})");
  EXPECT_EQ(
      delta_of(CitationFound{0, {.start = 2, .end = 5, .source = Citation::Source::kToolCall, .id = "c"}}),
      R"("delta":{"annotations":[{"type":"function_citation",)"
      R"("function_citation":{"start_index":2,"end_index":5,"tool_call_id":"c"}}]})");
}

TEST(ChatRender, ErrorInsideAStream) {
  StreamedAnswer answer(head(), 1, true);
  std::string out;
  answer.add(out, ChatFailed{{ErrorCode::kInternal, "a secret of the house", "kv"}});
  EXPECT_EQ(out,
            "event: error\ndata: {\"error\":{\"message\":\"Internal Server Error\","
            "\"type\":\"internal_server_error\",\"status_code\":500}}\n\n");
  EXPECT_TRUE(answer.over());
  ASSERT_TRUE(answer.failure());
  EXPECT_EQ(answer.failure()->error.message, "a secret of the house");

  StreamedAnswer stopped(head(), 1, false);
  out.clear();
  stopped.add(out, ChatFailed{{ErrorCode::kUnavailable, "the server is shutting down", ""}});
  EXPECT_EQ(
      out,
      "event: error\ndata: {\"error\":{\"message\":\"Service Unavailable: the server is shutting down\","
      "\"type\":\"internal_server_error\",\"status_code\":503}}\n\n");
}

// Our own fault must not look like a whole answer.
TEST(ChatRender, AnEndWithoutItsChoicesIsAnError) {
  StreamedAnswer answer(head(), 2, false);
  std::string out;
  answer.add(out, ChoiceFinished{0, ChatFinishReason::kStop});
  out.clear();
  answer.add(out, ChatDone{usage(), {}});
  EXPECT_TRUE(out.starts_with("event: error\n")) << out;
  EXPECT_EQ(out.find("[DONE]"), std::string::npos);
}

std::string completion(CollectedAnswer& answer, bool with_logprobs) {
  EXPECT_TRUE(answer.over());
  return answer.render(head(), with_logprobs);
}

TEST(ChatRender, Completion) {
  CollectedAnswer answer(1);
  answer.add(TextDelta{0, "Hel", {}});
  answer.add(TextDelta{0, "lo\t", {}});
  answer.add(ChoiceFinished{0, ChatFinishReason::kStop});
  answer.add(ChatDone{usage(), {}});
  EXPECT_EQ(
      completion(answer, false),
      std::string(R"({"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"org/m\"x",)")
          .append(R"("choices":[{"index":0,"message":{"role":"assistant","content":"Hello\t"},)")
          .append(R"("logprobs":null,"finish_reason":"stop"}],"usage":)")
          .append(kUsage)
          .append(R"(,"usage_breakdown":null,"system_fingerprint":"fp_0123456789",)")
          .append(R"("x_groq":{"id":"req_1","seed":7},"service_tier":"flex"})"));
}

TEST(ChatRender, CompletionWithChoicesLogprobsCacheAndDebug) {
  CollectedAnswer answer(2);
  answer.add(TextDelta{1, "b", {}});
  answer.add(TextDelta{0, "a", logprobs()});
  answer.add(ChoiceFinished{1, ChatFinishReason::kLength});
  answer.add(ChoiceFinished{0, ChatFinishReason::kStop});
  Usage cached = usage();
  cached.cached_tokens = 2;
  answer.add(ChatDone{cached, service::DebugDump{{1, 2}, {"a", "\n"}, {3}, {"b"}}});
  AnswerHead negative = head();
  negative.seed = static_cast<std::uint64_t>(-5);
  const std::string body = answer.render(negative, true);
  EXPECT_NE(body.find(std::string(R"("content":"a"},"logprobs":)")
                          .append(kLogprobs)
                          .append(R"(,"finish_reason":"stop"},{"index":1,)")),
            std::string::npos)
      << body;
  EXPECT_NE(body.find(R"("content":"b"},"logprobs":{"content":[]},"finish_reason":"length"}])"),
            std::string::npos);
  EXPECT_NE(body.find(R"("total_time":0.375,"prompt_tokens_details":{"cached_tokens":2}})"),
            std::string::npos);
  EXPECT_NE(
      body.find(
          R"("x_groq":{"id":"req_1","seed":-5,"debug":{"input_token_ids":[1,2],"input_tokens":["a","\n"],)"
          R"("output_token_ids":[3],"output_tokens":["b"]}})"),
      std::string::npos);
  EXPECT_NO_THROW(boost::json::parse(body));
}

// The concatenated stream equals the whole answer, however the text was split.
TEST(ChatRender, StreamAndWholeAnswerSayTheSame) {
  const std::string text = "Once \"upon\" a time\n\\ é 😀 \x01 end";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    StreamedAnswer streamed(head(), 1, false);
    CollectedAnswer whole(1);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t size = std::min(step, text.size() - at);
      while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) ++size;
      const TextDelta delta{0, text.substr(at, size), {}};
      streamed.add(out, delta);
      whole.add(delta);
      at += size;
    }
    whole.add(ChatDone{usage(), {}});
    std::string joined;
    for (std::size_t at = 0; at < out.size();) {
      const std::size_t end = out.find("\n\n", at);
      const auto chunk = boost::json::parse(out.substr(at + 6, end - at - 6));
      joined += chunk.at("choices").at(0).at("delta").at("content").as_string();
      at = end + 2;
    }
    const auto completion = boost::json::parse(whole.render(head(), false));
    EXPECT_EQ(joined, text);
    EXPECT_EQ(completion.at("choices").at(0).at("message").at("content").as_string(), text);
  }
}

}  // namespace
}  // namespace peregrine::api
