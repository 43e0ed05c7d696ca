#include "api/door/trace_context.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace peregrine::api {
namespace {

constexpr const char* kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr const char* kSpan = "00f067aa0ba902b7";

TEST(Traceparent, GivesTheIdsOfWhatTheSpecificationAccepts) {
  const std::string good = std::string("-") + kTrace + "-" + kSpan + "-01";
  for (const std::string& header : {"00" + good, "00-" + std::string(kTrace) + "-" + kSpan + "-ff",
                                    "cc" + good, "cc" + good + "-what-the-future-will-be-like"}) {
    const auto context = parse_traceparent(header);
    ASSERT_TRUE(context) << header;
    EXPECT_EQ(context->trace_id, kTrace);
    EXPECT_EQ(context->span_id, kSpan);
  }
}

// After the test suite of the specification.
TEST(Traceparent, IgnoresWhatIsNone) {
  constexpr std::array<const char*, 17> kBad = {
      "",
      "00",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-001",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
      "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.x",
      ".0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
      "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "00-4bf92f3577b34da6a3ce929d0e0e473.-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-.1",
  };
  for (const char* header : kBad) EXPECT_FALSE(parse_traceparent(header)) << header;
}

TEST(Traceparent, OfARequestIsOneOrNone) {
  const std::string good = std::string("00-") + kTrace + "-" + kSpan + "-01";
  http::Headers headers;
  EXPECT_FALSE(trace_context_of(headers));
  headers.add("TraceParent", good);
  EXPECT_TRUE(trace_context_of(headers));
  headers.add("traceparent", good);
  EXPECT_FALSE(trace_context_of(headers));
}

}  // namespace
}  // namespace peregrine::api
