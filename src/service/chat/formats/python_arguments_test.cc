#include "service/chat/formats/python_arguments.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

namespace peregrine::service {
namespace {

struct Case {
  const char* python;
  const char* json;  // null: refused
};

const Case kCases[] = {
    {"", "{}"},
    {"  \n", "{}"},
    {"a=1", R"({"a": 1})"},
    {" a = 1 , b = 'x' ,", R"({"a": 1, "b": "x"})"},
    {R"(a="it's", b='say "hi"')", R"({"a": "it's", "b": "say \"hi\""})"},
    {R"(a='\n\t\\\'\"\x41\u00e9\U0001F600\d')", R"({"a": "\n\t\\'\"Aé😀\\d"})"},
    {"a='x\\\ny'", R"({"a": "xy"})"},
    {"a=-1.5e-3, b=+2, c=.5, d=1., e=0, f=1E+2",
     R"({"a": -1.5e-3, "b": 2, "c": 0.5, "d": 1.0, "e": 0, "f": 1e2})"},
    {"a=True, b=False, c=None, d=true, e=false, f=null",
     R"({"a": true, "b": false, "c": null, "d": true, "e": false, "f": null})"},
    {"a=[], b=[1, [2], ], c=(1, 'x'), d={}, e={'k': {\"l\": []}, }",
     R"({"a": [], "b": [1, [2]], "c": [1, "x"], "d": {}, "e": {"k": {"l": []}}})"},
    {"a='天気'", R"({"a": "天気"})"},
    {"a='line\nbreak'", R"({"a": "line\nbreak"})"},
    {"a", nullptr},
    {"1", nullptr},
    {"'x'", nullptr},
    {"a=", nullptr},
    {"=1", nullptr},
    {"a=b", nullptr},
    {"a=f(1)", nullptr},
    {"a=1 b=2", nullptr},
    {"a=1, a=2", nullptr},
    {",", nullptr},
    {"a=01", nullptr},
    {"a=1x", nullptr},
    {"a=1e", nullptr},
    {"a=.", nullptr},
    {"a=-", nullptr},
    {"a='x", nullptr},
    {"a='x\\", nullptr},
    {R"(a='\x4')", nullptr},
    {R"(a='\u12g4')", nullptr},
    {"a=[1", nullptr},
    {"a=[1 2]", nullptr},
    {"a=[,]", nullptr},
    {"a={1: 2}", nullptr},
    {"a={'k' 1}", nullptr},
    {"a={'k': 1, 'k': 2}", nullptr},
    {"a=(1]", nullptr},
};

TEST(PythonArgumentsTest, Literals) {
  for (const Case& test : kCases) {
    const auto json = python_arguments_to_json(test.python);
    ASSERT_EQ(json.has_value(), test.json != nullptr) << test.python << " " << json.value_or("");
    if (!json) continue;
    EXPECT_EQ(*json, test.json) << test.python;
    boost::system::error_code error;
    (void)boost::json::parse(*json, error);
    EXPECT_FALSE(error) << *json;
  }
}

TEST(PythonArgumentsTest, DepthHasALimit) {
  const auto nested = [](std::size_t depth) {
    return "a=" + std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(python_arguments_to_json(nested(kMaxPythonDepth)));
  EXPECT_FALSE(python_arguments_to_json(nested(kMaxPythonDepth + 2)));
  EXPECT_FALSE(python_arguments_to_json("a=" + std::string(1'000'000, '[')));
}

}  // namespace
}  // namespace peregrine::service
