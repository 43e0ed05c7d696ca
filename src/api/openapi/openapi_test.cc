// The description and the program say the same: routes, codes of errors, fields of requests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json/parse.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/admin/admin.h"
#include "api/admin/wire.h"
#include "api/api.h"
#include "api/batches/batches.h"
#include "api/batches/wire.h"
#include "api/chat/wire.h"
#include "api/embeddings/wire.h"
#include "api/errors/errors.h"
#include "api/files/wire.h"
#include "api/openapi/embedded.h"
#include "api/reranking/wire.h"
#include "api/responses/wire.h"
#include "api/testing/live_server.h"
#include "service/files/testing/file_room.h"
#include "store/adapters/testing/memory_adapter_store.h"
#include "store/batches/testing/memory_batch_store.h"

namespace peregrine::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const boost::json::object& description() {
  static const boost::json::value document = boost::json::parse({kOpenapiJson.data(), kOpenapiJson.size()});
  return document.as_object();
}

// "GET /openai/v1/models/{model}", ...
std::set<std::string> described_routes() {
  std::set<std::string> routes;
  for (const auto& [path, item] : description().at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) {
      if (method == "parameters") continue;
      std::string upper(method);
      for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
      routes.insert(upper + " " + std::string(path));
    }
  }
  return routes;
}

TEST(Openapi, DescribesTheRoutesOfTheServerAndNoOthers) {
  const service::KeyRing keys;
  base::Metrics metrics;
  const std::atomic<Readiness> readiness = Readiness::kReady;
  service::testing::FileRoom room;
  service::Responses responses(nullptr);
  store::testing::MemoryAdapterStore adapters;
  service::TunedModels tuned(adapters, room.blobs, room.files, [](std::string_view) { return std::nullopt; });
  Services services{{}, {}, {}, {}, {}, {}, keys, metrics, readiness, &responses, &room.files};
  services.tuned = &tuned;
  base::MemoryBudget budget(1);
  service::ModelLibrary library(budget, metrics, {});
  service::LiveBoard board([] { return std::vector<service::ModelUse>(); });
  Administration admin{library, board};
  services.admin = &admin;
  http::Router router = make_router(services, {});
  store::testing::MemoryBatchStore batch_records;
  service::Batches batches(batch_records, room.blobs, room.files, [] { return std::int64_t{0}; });
  add_batch_routes(router, services, batches);
  ASSERT_TRUE(router.status());
  std::set<std::string> served;
  std::set<std::string> aliases;
  for (auto& [method, pattern] : router.names()) {
    if (const auto dots = pattern.find("...}"); dots != std::string::npos) pattern.erase(dots, 3);
    const bool alias = pattern.starts_with("/v1/");
    (alias ? aliases : served).insert(method + (alias ? " /openai" : " ") + pattern);
  }
  EXPECT_EQ(served, described_routes());
  std::erase_if(served,
                [](const std::string& route) { return route.find(" /openai/") == std::string::npos; });
  EXPECT_EQ(aliases, served);
}

TEST(Openapi, KnowsTheTypesAndCodesOfErrors) {
  const boost::json::value document = description();
  const auto listed = [&](const std::string& property) {
    std::set<std::string> names;
    const auto& values =
        document.at_pointer("/components/schemas/Error/properties/error/properties/" + property + "/enum");
    for (const auto& name : values.as_array()) names.emplace(name.as_string());
    return names;
  };
  std::set<std::string> types;
  std::set<std::string> codes;
  for (const ErrorRow& row : error_table()) {
    types.emplace(row.type);
    if (!row.code.empty()) codes.emplace(row.code);
  }
  EXPECT_EQ(listed("type"), types);
  EXPECT_EQ(listed("code"), codes);
}

template <class T>
std::string message_of(const Result<T>& result) {
  return result ? "" : result.error().message;
}

// A body with one property of a type that is wrong everywhere: it is refused, but not as a stranger.
TEST(Openapi, NamesNoFieldThatTheServerDoesNotKnow) {
  const std::pair<std::string, std::string (*)(std::string_view)> requests[] = {
      {"ChatRequest", [](std::string_view body) { return message_of(parse_chat_call(body)); }},
      {"ResponseRequest", [](std::string_view body) { return message_of(parse_response_call(body)); }},
      {"EmbeddingsRequest", [](std::string_view body) { return message_of(parse_embeddings_call(body)); }},
      {"BatchRequest", [](std::string_view body) { return message_of(parse_batch_body(body)); }},
      {"RerankingRequest", [](std::string_view body) { return message_of(parse_ranking_request(body)); }},
      {"PullOrder", [](std::string_view body) { return message_of(parse_pull_order(body)); }},
      {"KeyOrder", [](std::string_view body) { return message_of(parse_key_order(body)); }},
  };
  for (const auto& [schema, parse] : requests) {
    EXPECT_THAT(parse(R"({"no_such_field":0.5})"), HasSubstr("is unsupported")) << schema;
    const auto& properties = description().at("components").at("schemas").at(schema).at("properties");
    ASSERT_FALSE(properties.as_object().empty()) << schema;
    for (const auto& [name, property] : properties.as_object()) {
      const std::string body = "{\"" + std::string(name) + "\":0.5}";
      EXPECT_THAT(parse(body), Not(HasSubstr("is unsupported"))) << schema << "." << name;
    }
  }
}

// The same of a form's fields, all of which but one are text.
TEST(Openapi, NamesNoPartOfAFormThatTheServerDoesNotKnow) {
  const auto refusal = [](std::string name) {
    http::Form form;
    form.fields.push_back({std::move(name), "x"});
    const auto upload = parse_upload(std::move(form));
    return upload ? std::string() : upload.error().message;
  };
  EXPECT_THAT(refusal("no_such_field"), HasSubstr("is unsupported"));
  const auto& properties = description().at("components").at("schemas").at("FileRequest").at("properties");
  EXPECT_EQ(properties.as_object().size(), 4u);
  for (const auto& [name, property] : properties.as_object()) {
    EXPECT_THAT(refusal(std::string(name)), Not(HasSubstr("is unsupported"))) << name;
  }
}

TEST(Openapi, IsServedToEverybodyAsItWasWritten) {
  testing::LiveServer server({}, {"a key"});
  const testing::Reply json = server.get("/openapi.json");
  EXPECT_EQ(json.status, 200U);
  EXPECT_EQ(json.body, kOpenapiJson);
  const testing::Reply yaml = server.get("/openapi.yaml");
  EXPECT_EQ(yaml.status, 200U);
  EXPECT_EQ(yaml.body, kOpenapiYaml);
  EXPECT_THAT(yaml.body, HasSubstr("\n  version: " PEREGRINE_VERSION "\n"));
}

}  // namespace
}  // namespace peregrine::api
