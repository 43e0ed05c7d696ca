// The official JSON Schema test suite (Debian's json-schema-test-suite): nothing invalid is accepted, and how
// much of it is compiled only grows.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include "grammar/matcher.h"
#include "grammar/testing/schema_files.h"
#include "grammar/testing/vocabularies.h"

namespace peregrine::grammar {
namespace {

namespace json = boost::json;

const std::filesystem::path kSuite = "/usr/share/json-schema-test-suite/tests/draft7";

// Raise these when more is understood; never lower them.
constexpr int kLeastCompiledPercent = 66;
constexpr int kLeastAcceptedPercent = 93;

bool suite_accepts(const std::shared_ptr<const Grammar>& grammar, std::string_view text) {
  static const auto kVocabulary = testing::small_vocabulary();
  auto matcher = Matcher::create(grammar, kVocabulary).value();
  return matcher.accept_bytes(text).has_value() && matcher.is_complete();
}

TEST(SuiteTest, NothingInvalidIsAcceptedAndCoverageHolds) {
  if (!std::filesystem::exists(kSuite)) {
    GTEST_SKIP() << "json-schema-test-suite is not installed (tools/bootstrap test installs it)";
  }
  int groups = 0;
  int compiled = 0;
  int valid = 0;
  int accepted = 0;
  std::map<std::string, int> refusals;
  for (const auto& entry : std::filesystem::directory_iterator(kSuite)) {
    if (entry.path().extension() != ".json") continue;
    const json::value file = json::parse(testing::read_text(entry.path()));
    for (const json::value& group : file.as_array()) {
      SCOPED_TRACE(entry.path().filename().string() + ": " + json::serialize(group.at("description")));
      ++groups;
      const auto grammar = compile_json_schema(group.at("schema"));
      if (!grammar && grammar.error().message != "no text satisfies the grammar") {
        ++refusals[grammar.error().message];
        EXPECT_NE(grammar.error().code, ErrorCode::kInternal);
        continue;
      }
      ++compiled;
      for (const json::value& test : group.at("tests").as_array()) {
        const std::string text = json::serialize(test.at("data"));
        const bool taken = grammar && suite_accepts(*grammar, text);
        if (test.at("valid").as_bool()) {
          ++valid;
          accepted += taken ? 1 : 0;
        } else {
          EXPECT_FALSE(taken) << json::serialize(group.at("schema")) << "\n" << text;
        }
      }
    }
  }
  for (const auto& [message, count] : refusals) std::printf("%4d refused: %s\n", count, message.c_str());
  std::printf("schemas compiled: %d of %d; valid instances accepted as written: %d of %d\n", compiled, groups,
              accepted, valid);
  EXPECT_GE(compiled * 100, groups * kLeastCompiledPercent);
  EXPECT_GE(accepted * 100, valid * kLeastAcceptedPercent);
}

}  // namespace
}  // namespace peregrine::grammar
