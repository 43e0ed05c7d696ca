// Real chat templates and the table of small ones, against what Jinja2 itself made of them.

#include <gtest/gtest.h>

#include <vector>

#include "text/jinja/test_support.h"

namespace peregrine::jinja {
namespace {

namespace json = boost::json;
using testing::fixed_options;
using testing::read_file;
using testing::render;

TEST(Golden, ChatTemplatesRenderByteForByte) {
  const std::filesystem::path directory = testing::shared_templates();
  if (directory.empty()) GTEST_SKIP() << "no reference templates under " << PEREGRINE_SHARED_DIR;
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() != ".jinja") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const auto parsed = Template::parse(read_file(entry.path()).value());
    ASSERT_TRUE(parsed) << parsed.error().text();
    const auto rows = read_file(std::filesystem::path(entry.path()).replace_extension(".json"));
    ASSERT_TRUE(rows);
    const json::value table = json::parse(*rows);
    for (const json::value& row : table.as_array()) {
      SCOPED_TRACE(row.at("case").as_string().c_str());
      const auto text = parsed->render(row.at("context").as_object(), fixed_options());
      ++cases;
      if (const json::value* error = row.as_object().if_contains("error")) {
        ASSERT_FALSE(text) << *text;
        constexpr std::string_view kRaised = "TemplateError: ";
        if (error->as_string().starts_with(kRaised)) {
          EXPECT_EQ(text.error().message, std::string_view(error->as_string()).substr(kRaised.size()));
          EXPECT_EQ(text.error().code, ErrorCode::kInvalidArgument);
        }
      } else {
        ASSERT_TRUE(text) << text.error().text();
        EXPECT_EQ(*text, row.at("rendered").as_string());
      }
    }
  }
  EXPECT_GE(cases, 200U);
}

TEST(Golden, TableOfCases) {
  const auto text = read_file(testing::data_directory() / "cases.json");
  ASSERT_TRUE(text);
  const json::value table = json::parse(*text);
  const json::object& context = table.at("context").as_object();
  const json::array& cases = table.at("cases").as_array();
  EXPECT_GE(cases.size(), 400U);
  for (const json::value& row : cases) {
    SCOPED_TRACE(row.at("name").as_string().c_str());
    const std::string_view source = row.at("template").as_string();
    SCOPED_TRACE(source);
    const auto rendered = render(source, context);
    if (row.as_object().contains("error")) {
      ASSERT_FALSE(rendered) << *rendered;
      EXPECT_NE(rendered.error().code, ErrorCode::kInternal);
      EXPECT_NE(rendered.error().where.find("line "), std::string::npos) << rendered.error().text();
    } else {
      ASSERT_TRUE(rendered) << rendered.error().text();
      EXPECT_EQ(*rendered, row.at("expected").as_string());
    }
  }
}

}  // namespace
}  // namespace peregrine::jinja
