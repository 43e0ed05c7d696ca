#include "service/chat/formats/guard.h"

#include <gtest/gtest.h>

#include "service/chat/formats/testing/marked_walk.h"
#include "service/chat/formats/testing/raw_traces.h"

namespace peregrine::service {
namespace {

const ToolUse kNoTools;
const AnswerFormat kAnyAnswer;

FormatRequest request() {
  return {.tool_use = kNoTools, .answer = kAnyAnswer};
}

TEST(Guard, Traces) {
  const auto format = make_guard_format();
  testing::expect_traces("guard", [&](const testing::RawTrace&) { return format; });
}

TEST(Guard, TakesEveryListInOrderAndNoOther) {
  const auto vocabulary = testing::marked_vocabulary({"<|eot_id|>"}, {"safe", "unsafe", "S1", ",S", "14"});
  const auto grammar = testing::compile(*make_guard_format(), request());
  ASSERT_TRUE(grammar);
  for (const char* verdict : {"safe", "\nsafe", "\n\nsafe", "\n\nunsafe\nS14"}) {
    EXPECT_TRUE(testing::accepts(grammar, vocabulary, verdict)) << verdict;
  }
  for (const char* other :
       {"", "Safe", "safe\n", "\n\n\nsafe", "unsafe", "unsafe\n", "unsafe\nS0", "unsafe\nS15",
        "unsafe\nS2,S1", "unsafe\nS1,S1", "unsafe\nS1,", "unsafe\nS1, S2", "unsafe S1", "safe\nS1"}) {
    EXPECT_FALSE(testing::accepts(grammar, vocabulary, other)) << other;
  }
  for (unsigned set = 1; set < 1U << 14; set += 37) {
    std::string list;
    for (unsigned category = 0; category < 14; ++category) {
      if ((set >> category & 1) == 0) continue;
      list += (list.empty() ? "S" : ",S") + std::to_string(category + 1);
    }
    EXPECT_TRUE(testing::accepts(grammar, vocabulary, "unsafe\n" + list)) << list;
  }
}

TEST(Guard, WalksAreVerdicts) {
  const auto vocabulary = testing::marked_vocabulary({"<|eot_id|>"}, {"safe", "unsafe", "S1", ",S", "14"});
  const auto format = make_guard_format();
  const auto grammar = testing::compile(*format, request());
  int unsafe = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const auto walk =
        testing::marked_walk(grammar::Matcher::create(grammar, vocabulary).value(), *vocabulary, seed, 200);
    ASSERT_TRUE(walk.finished) << walk.problem;
    const testing::Heard heard = testing::read_whole(*format, request(), walk.text);
    EXPECT_TRUE(heard.content == "safe" || heard.content.starts_with("unsafe\nS")) << heard.content;
    unsafe += heard.content == "safe" ? 0 : 1;
  }
  EXPECT_GT(unsafe, 20);
  EXPECT_LT(unsafe, 180);
}

}  // namespace
}  // namespace peregrine::service
