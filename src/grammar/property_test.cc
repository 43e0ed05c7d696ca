// Texts drawn under the mask satisfy the schema in the eyes of an independent validator.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "grammar/matcher.h"
#include "grammar/testing/schema_files.h"
#include "grammar/testing/validator.h"
#include "grammar/testing/vocabularies.h"
#include "grammar/testing/walk.h"

namespace peregrine::grammar {
namespace {

namespace json = boost::json;

json::value parse(const std::string& text, boost::system::error_code& error) {
  json::parse_options options;
  options.max_depth = 4096;
  return json::parse(text, error, {}, options);
}

TEST(PropertyTest, EveryFinishedTextSatisfiesItsSchema) {
  const auto vocabulary = testing::small_vocabulary();
  const auto schemas = testing::read_schemas(PEREGRINE_SOURCE_DIR);
  ASSERT_GE(schemas.size(), 200U);
  int finished = 0;
  int walks = 0;
  for (const auto& [name, schema] : schemas) {
    SCOPED_TRACE(name);
    const auto open = compile_json_schema(schema);
    const auto closed = compile_json_schema(schema, {.closed_objects = true});
    ASSERT_TRUE(open) << open.error().text();
    ASSERT_TRUE(closed) << closed.error().text();
    testing::Validator validator(schema);
    for (unsigned seed = 0; seed < 16; ++seed, ++walks) {
      const auto& grammar = seed < 12 ? *open : *closed;
      const auto walk =
          testing::random_walk(Matcher::create(grammar, vocabulary).value(), *vocabulary, seed, 400);
      ASSERT_EQ(walk.problem, "") << walk.text;
      if (!walk.finished) continue;
      ++finished;
      boost::system::error_code error;
      const json::value value = parse(walk.text, error);
      ASSERT_FALSE(error) << error.message() << "\n" << walk.text;
      ASSERT_EQ(validator.complaint(value), "") << walk.text;
    }
  }
  // The bias must bring most walks to an end, or the test says little.
  EXPECT_GT(finished * 10, walks * 8);
}

TEST(PropertyTest, AnyJsonObjectParses) {
  const auto vocabulary = testing::small_vocabulary();
  const auto grammar = compile_json_object().value();
  int finished = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const auto walk =
        testing::random_walk(Matcher::create(grammar, vocabulary).value(), *vocabulary, seed, 300);
    ASSERT_EQ(walk.problem, "") << walk.text;
    if (!walk.finished) continue;
    ++finished;
    boost::system::error_code error;
    const json::value value = parse(walk.text, error);
    ASSERT_FALSE(error) << error.message() << "\n" << walk.text;
    ASSERT_TRUE(value.is_object());
  }
  EXPECT_GT(finished, 200);
}

}  // namespace
}  // namespace peregrine::grammar
