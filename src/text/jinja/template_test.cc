#include "text/jinja/template.h"

#include <gtest/gtest.h>

#include <thread>

#include "text/jinja/test_support.h"

namespace peregrine::jinja {
namespace {

namespace json = boost::json;
using testing::fixed_options;
using testing::render;

TEST(Template, ErrorsGiveTheirPlace) {
  struct Case {
    const char* source;
    ErrorCode code;
    const char* text;
  };
  const Case cases[] = {
      {"a\n  {{ missing.x }}", ErrorCode::kInvalidArgument, "line 2, column 14: 'missing' is undefined"},
      {"{{ 1 +\n   'a' }}", ErrorCode::kInvalidArgument,
       "line 1, column 6: unsupported operands for +: 'int' and 'str'"},
      {"é{{ [][0].x }}", ErrorCode::kInvalidArgument, "line 1, column 11: list object has no element '0'"},
      {"{% macro m() %}\n{{ {}.a.b }}{% endmacro %}\n\n{{ m() }}", ErrorCode::kInvalidArgument,
       "line 2, column 9: dict object has no element 'a'"},
      {"{{ 'x'|nope }}", ErrorCode::kInvalidArgument, "line 1, column 8: no filter named 'nope'"},
      {"{% if 1 %}\n", ErrorCode::kInvalidArgument,
       "line 1, column 11: the template ends within 'if', 'endif' is missing"},
      {"\n{% nope %}", ErrorCode::kInvalidArgument, "line 2, column 4: unknown tag 'nope'"},
      {"{{ 1 2 }}", ErrorCode::kInvalidArgument, "line 1, column 6: expected '}}', got a number"},
      {"{% include 'a' %}", ErrorCode::kUnsupported,
       "line 1, column 4: 'include' is not supported: a chat template is one file"},
      {"{{ raise_exception('No ' ~ 'good.') }}", ErrorCode::kInvalidArgument, "line 1, column 19: No good."},
      {"{{ 2 ** 64 }}", ErrorCode::kResourceExhausted,
       "line 1, column 6: the integer does not fit in 64 bits"},
  };
  for (const Case& c : cases) {
    const auto text = render(c.source);
    ASSERT_FALSE(text) << c.source;
    EXPECT_EQ(text.error().code, c.code) << c.source;
    EXPECT_EQ(text.error().text(), c.text) << c.source;
  }
  EXPECT_FALSE(Template::parse("\xFF"));
}

TEST(Template, RaisedMessagesArePassedOnAsTheyAre) {
  const auto raised = render("{{ raise_exception('Only user/assistant: ' + role) }}", {{"role", "wizard"}});
  ASSERT_FALSE(raised);
  EXPECT_EQ(raised.error().message, "Only user/assistant: wizard");
  const auto long_message = render("{{ raise_exception('é' * 100000) }}");
  ASSERT_FALSE(long_message);
  EXPECT_LE(long_message.error().message.size(), 4096U);
}

TEST(Template, TheClockIsAnOption) {
  const Template parsed = Template::parse("{{ strftime_now('%d.%m.%Y') }}").value();
  EXPECT_EQ(parsed.render({}, fixed_options()).value(), "14.03.2026");
  EXPECT_EQ(parsed.render({}).value().size(), 10U);
}

TEST(Template, NamesComeFromScopesThenContextThenGlobals) {
  EXPECT_EQ(render("{{ range is callable }}").value(), "True");
  EXPECT_EQ(render("{{ range }}", {{"range", "context"}}).value(), "context");
  EXPECT_EQ(render("{% set range = 'scope' %}{{ range }}", {{"range", "context"}}).value(), "scope");
}

TEST(Template, NumbersOfTheContextKeepTheirType) {
  json::object context;
  context["whole"] = 5;
  context["real"] = 5.0;
  context["large"] = std::uint64_t{9223372036854775807U};
  context["larger"] = std::uint64_t{18446744073709551615U};
  EXPECT_EQ(render("{{ whole }} {{ real }} {{ large }} {{ larger }}", context).value(),
            "5 5.0 9223372036854775807 1.8446744073709552e+19");
}

TEST(Template, RendersLeaveNoTrace) {
  const Template parsed =
      Template::parse("{% set _ = l.append(1) %}{{ l }}{% set c = cycler(1, 2) %}{{ c.next() }}").value();
  const json::object context = {{"l", json::array()}};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(parsed.render(context).value(), "[1]1");
}

TEST(Template, MayBeRenderedFromManyThreads) {
  const Template parsed =
      Template::parse(
          "{% macro m(x) %}<{{ x }}>{% endmacro %}{% for i in range(n) %}{{ m(i ~ 'a') }}{% endfor %}")
          .value();
  const std::string expected = parsed.render({{"n", 50}}).value();
  std::vector<std::string> results(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& result : results) {
      threads.emplace_back([&parsed, &result] {
        for (int i = 0; i < 50; ++i) result = parsed.render({{"n", 50}}).value();
      });
    }
  }
  for (const std::string& result : results) EXPECT_EQ(result, expected);
}

}  // namespace
}  // namespace peregrine::jinja
