// Templates and contexts out to exhaust the machine: every one must end in an error, and soon.

#include <gtest/gtest.h>

#include "text/jinja/test_support.h"

namespace peregrine::jinja {
namespace {

namespace json = boost::json;
using testing::read_file;
using testing::render;

std::string assemble(const json::object& row) {
  if (const json::value* source = row.if_contains("template")) return std::string(source->as_string());
  std::string source;
  for (const json::value& part : row.at("parts").as_array()) {
    const json::array& pair = part.as_array();
    for (std::int64_t i = 0; i < pair[1].as_int64(); ++i) source += pair[0].as_string();
  }
  return source;
}

TEST(Hostile, TableOfTemplates) {
  const auto text = read_file(testing::data_directory() / "hostile.json");
  ASSERT_TRUE(text);
  json::object context;
  context["user"] = "text of a user";
  const json::value table = json::parse(*text);
  for (const json::value& row : table.at("cases").as_array()) {
    SCOPED_TRACE(row.at("name").as_string().c_str());
    const auto rendered = render(assemble(row.as_object()), context);
    ASSERT_FALSE(rendered) << rendered->substr(0, 100);
    EXPECT_NE(rendered.error().text().find(row.at("error").as_string()), std::string::npos)
        << rendered.error().text();
  }
}

json::value nested(std::size_t depth, bool objects) {
  json::value value = 1;
  for (std::size_t i = 0; i < depth; ++i) {
    if (objects) {
      json::object outer;
      outer["a"] = std::move(value);
      value = std::move(outer);
    } else {
      value = json::array({std::move(value)});
    }
  }
  return value;
}

TEST(Hostile, DeepContexts) {
  for (const bool objects : {false, true}) {
    json::object context;
    context["deep"] = nested(10'000, objects);
    const auto rendered = render("{{ deep }}", context);
    ASSERT_FALSE(rendered);
    EXPECT_EQ(rendered.error().code, ErrorCode::kResourceExhausted);
    EXPECT_NE(rendered.error().message.find("max_nesting"), std::string::npos);
  }
  json::object context;
  context["deep"] = nested(90, true);
  const auto rendered =
      render("{{ deep|tojson|length }} {{ deep|string|length }} {{ deep == deep }}", context);
  ASSERT_TRUE(rendered) << rendered.error().text();
  EXPECT_EQ(*rendered, "631 631 True");
}

TEST(Hostile, LargeContexts) {
  json::object context;
  context["text"] = std::string((std::size_t{16} << 20) + 1, 'x');
  EXPECT_NE(render("", context).error().message.find("max_string_bytes"), std::string::npos);
  context["text"] = std::string(std::size_t{16} << 20, 'x');
  EXPECT_TRUE(render("{{ text|length }}", context));
  EXPECT_NE(render("{{ text }}{{ 1 }}", context).error().message.find("max_output_bytes"), std::string::npos);
  context["text"] = json::array(1'000'001, json::value(1));
  EXPECT_NE(render("", context).error().message.find("max_items"), std::string::npos);
}

// Long but flat, these ask for nothing out of proportion.
TEST(Hostile, WideTemplatesAreFine) {
  const auto repeat = [](std::string_view unit, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += unit;
    return out;
  };
  const std::pair<std::string, std::string> cases[] = {
      {"{{ 0" + repeat(" + 1", 50'000) + " }}", "50000"},
      {"{{ ''" + repeat(" ~ 'ab'", 50'000) + " }}", repeat("ab", 50'000)},
      {"{{ 1" + repeat(" and 1", 50'000) + " }}", "1"},
      {"{{ [" + repeat("1,", 100'000) + "]|length }}", "100000"},
      {"{{ 1" + repeat(" <= 1", 50'000) + " }}", "True"},
      {repeat("{% if 0 %}{% endif %}", 20'000) + "x", "x"},
      {"{% if 0 %}" + repeat("{% elif 0 %}", 20'000) + "{% else %}e{% endif %}", "e"},
      {repeat("{# c #}", 50'000) + "x", "x"},
      {repeat("{{ 'a' }}", 50'000), repeat("a", 50'000)},
  };
  for (const auto& [source, expected] : cases) {
    const auto rendered = render(source);
    ASSERT_TRUE(rendered) << source.substr(0, 40) << ": " << rendered.error().text();
    EXPECT_EQ(*rendered, expected);
  }
}

TEST(Hostile, EveryLimitIsObservedAndNamed) {
  const auto with = [](auto set) {
    Limits limits;
    set(limits);
    return limits;
  };
  struct Case {
    const char* name;
    Limits limits;
    const char* within;
    const char* beyond;
  };
  const Case cases[] = {
      {"max_template_bytes", with([](Limits& l) { l.max_template_bytes = 5; }), "12345", "123456"},
      {"max_nesting", with([](Limits& l) { l.max_nesting = 3; }), "{{ [1] }}", "{{ [[[1]]] }}"},
      {"max_depth", with([](Limits& l) { l.max_depth = 3; }), "{{ [1] }}", "{{ [[1]] }}"},
      {"max_steps", with([](Limits& l) { l.max_steps = 20; }), "{{ 1 }}",
       "{% for i in range(20) %}{% endfor %}"},
      {"max_output_bytes", with([](Limits& l) { l.max_output_bytes = 4; }), "{{ 'ab' }}cd", "{{ 'ab' }}cde"},
      {"max_string_bytes", with([](Limits& l) { l.max_string_bytes = 4; }), "{{ 'ab' ~ 'cd' }}",
       "{{ 'ab' ~ 'cde' }}"},
      {"max_items", with([](Limits& l) { l.max_items = 3; }), "{{ [1, 2, 3] }}", "{{ [1, 2, 3, 4] }}"},
      {"max_memory_bytes", with([](Limits& l) { l.max_memory_bytes = 4000; }), "{{ 'a' * 1000 }}",
       "{{ 'a' * 4000 }}"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto fine = render(c.within, {}, c.limits);
    EXPECT_TRUE(fine) << fine.error().text();
    const auto refused = render(c.beyond, {}, c.limits);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
    EXPECT_NE(refused.error().message.find(c.name), std::string::npos) << refused.error().text();
  }
}

}  // namespace
}  // namespace peregrine::jinja
