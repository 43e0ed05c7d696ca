#include "http/router.h"

#include <gtest/gtest.h>

#include "http/exchange.h"

namespace peregrine::http {
namespace {

Task<void> nothing(Exchange&) {
  co_return;
}

// The route that matched, recognised by its body limit, and its parameters; or "405 ALLOW", or "404".
std::string outcome(const Router& router, std::string_view method, std::string_view path) {
  const Router::Match match = router.match(method, path);
  if (match.handler == nullptr) return match.allow.empty() ? "404" : "405 " + match.allow;
  std::string out = std::to_string(match.options.max_body_bytes.value_or(0));
  for (const auto& [name, value] : match.params) out += " " + name + "=" + value;
  return out;
}

Router example() {
  Router router;
  router.add("GET", "/models/{model...}", nothing, {1});
  router.add("DELETE", "/models/{model...}", nothing, {2});
  router.add("GET", "/models", nothing, {3});
  router.add("GET", "/files/{id}", nothing, {4});
  router.add("GET", "/files/{id}/content", nothing, {5});
  router.add("POST", "/files", nothing, {6});
  router.add("GET", "/files/recent", nothing, {7});
  router.add("PUT", "/files/{name}/{part}", nothing, {8});
  router.add("GET", "/", nothing, {9});
  router.add("HEAD", "/files/{id}", nothing, {10});
  EXPECT_TRUE(router.status().has_value());
  return router;
}

TEST(Router, Matches) {
  struct Row {
    std::string_view method, path, expected;
  };
  const Row rows[] = {
      {"GET", "/", "9"},
      {"GET", "/models", "3"},
      {"GET", "/models/llama", "1 model=llama"},
      {"GET", "/models/openai/gpt-oss-20b", "1 model=openai/gpt-oss-20b"},
      {"GET", "/models/openai%2Fgpt-oss-20b", "1 model=openai/gpt-oss-20b"},
      {"GET", "/models/ft:a%3Ab/c%20d", "1 model=ft:a:b/c d"},
      {"GET", "/models/a//b/", "1 model=a//b/"},
      {"GET", "/m%6Fdels", "3"},
      {"GET", "/models%2Fllama", "404"},
      {"DELETE", "/models/x", "2 model=x"},
      {"GET", "/models/", "404"},
      {"GET", "/files/f1", "4 id=f1"},
      {"GET", "/files/recent", "7"},
      {"GET", "/files/a%2Fb", "4 id=a/b"},
      {"GET", "/files/f1/content", "5 id=f1"},
      {"PUT", "/files/f1/content", "8 name=f1 part=content"},
      {"GET", "/files//content", "404"},
      {"GET", "/files/f1/other", "405 PUT"},
      {"GET", "/files/f1/", "404"},
      {"GET", "/files", "405 POST"},
      {"PATCH", "/files/f1", "405 GET, HEAD"},
      {"PUT", "/models/x", "405 DELETE, GET, HEAD"},
      {"get", "/models", "405 GET, HEAD"},
      {"HEAD", "/models", "3"},
      {"HEAD", "/files/f1", "10 id=f1"},
      {"HEAD", "/files/recent", "7"},
      {"GET", "/nowhere", "404"},
      {"OPTIONS", "*", "404"},
  };
  const Router router = example();
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(router, row.method, row.path), row.expected) << row.method << " " << row.path;
  }
}

TEST(Router, RemembersTheFirstMistake) {
  struct Row {
    std::string_view pattern;
    bool good;
  };
  const Row rows[] = {
      {"/a/{b}/{c...}", true}, {"/a/", true},     {"", false},          {"a", false},
      {"/{}", false},          {"/{...}", false}, {"/{a...}/b", false}, {"/{a}/{a}", false},
      {"/x{a}", false},        {"/{a", false},    {"/a}", false},       {"/a%20", false},
  };
  for (const Row& row : rows) {
    Router router;
    router.add("GET", std::string(row.pattern), nothing);
    EXPECT_EQ(router.status().has_value(), row.good) << row.pattern;
  }
}

TEST(Router, RefusesTwoRoutesForTheSamePaths) {
  Router router;
  router.add("GET", "/a/{x}", nothing);
  router.add("POST", "/a/{y}", nothing);
  EXPECT_TRUE(router.status().has_value());
  router.add("GET", "/a/{y}", nothing);
  ASSERT_FALSE(router.status().has_value());
  EXPECT_EQ(router.status().error().where, "GET /a/{y}");
}

}  // namespace
}  // namespace peregrine::http
