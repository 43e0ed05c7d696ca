// The Files API over real connections and a real folder.
#include "api/files/routes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <string>

#include "api/testing/live_server.h"
#include "service/files/testing/file_room.h"

namespace peregrine::api {
namespace {

using testing::ClientRequest;
using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;

std::string field(std::string_view name, std::string_view value) {
  return fmt::format("--b\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", name, value);
}
std::string file(std::string_view content, std::string_view filename = "a.jsonl",
                 std::string_view name = "file") {
  return fmt::format("--b\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\r\n{}\r\n",
                     name, filename, content);
}

class FileRoutes : public ::testing::Test {
 protected:
  static constexpr std::size_t kMaxFile = 1000;

  void start(std::vector<std::string> keys = {}, std::vector<std::string> origins = {}) {
    server_.reset();
    Options options;
    options.allowed_origins = std::move(origins);
    server_ = std::make_unique<LiveServer>(options, std::move(keys), nullptr, &files_);
  }
  void SetUp() override { start(); }

  Reply upload(const std::string& parts, std::vector<http::Header> headers = {}) {
    headers.push_back({"content-type", "multipart/form-data; boundary=b"});
    return server_->ask({"POST", "/openai/v1/files", std::move(headers), parts + "--b--\r\n"});
  }
  Reply upload_good(std::string_view content = "{}\n") {
    return upload(field("purpose", "batch") + file(content));
  }
  std::string uploaded(std::string_view content = "{}\n") {
    const Reply reply = upload_good(content);
    EXPECT_EQ(reply.status, 200u) << reply.body;
    return std::string(boost::json::parse(reply.body).at("id").as_string());
  }
  static std::string error_of(const Reply& reply) {
    const boost::json::object error = boost::json::parse(reply.body).at("error").as_object();
    const auto* param = error.if_contains("param");
    return fmt::format("{} {}: {}", reply.status, param ? param->as_string().c_str() : "-",
                       error.at("message").as_string().c_str());
  }
  std::size_t blobs() const { return service::testing::FileRoom::names_of(room_.blobs).size(); }

  service::testing::FileRoom room_{{.max_file_bytes = kMaxFile, .max_total_bytes = 100'000}};
  service::Files& files_ = room_.files;
  std::unique_ptr<LiveServer> server_;
};

TEST_F(FileRoutes, AnswerTheRecord) {
  const Reply reply =
      upload(file("{\"a\":1}\n", "Gr\xC3\xBC\xC3\x9F.jsonl") + field("purpose", "batch") +
             field("expires_after[anchor]", "created_at") + field("expires_after[seconds]", "3600"));
  ASSERT_EQ(reply.status, 200u) << reply.body;
  boost::json::object shown = boost::json::parse(reply.body).as_object();
  EXPECT_THAT(shown.at("id").as_string().c_str(), ::testing::MatchesRegex("file_[0-9a-z]{26}"));
  EXPECT_GT(shown.at("created_at").as_int64(), 1'600'000'000);
  shown.erase("created_at");
  const std::string id(shown.at("id").as_string());
  shown.erase("id");
  const std::string_view expected =
      R"({"object":"file","bytes":8,"filename":"Gr\u00fc\u00df.jsonl","purpose":"batch","status":"processed"})";
  EXPECT_EQ(shown, boost::json::parse({expected.data(), expected.size()}).as_object());
  const Reply again = server_->get("/v1/files/" + id);
  EXPECT_EQ(again.status, 200u);
  EXPECT_EQ(again.body, reply.body);
  const Reply content = server_->get("/openai/v1/files/" + id + "/content");
  EXPECT_EQ(content.status, 200u);
  EXPECT_EQ(content.headers.get("content-type"), "application/octet-stream");
  EXPECT_EQ(content.body, "{\"a\":1}\n");
}

TEST_F(FileRoutes, ListAndDelete) {
  const std::string first = uploaded();
  const std::string second = uploaded();
  const auto list = [&](const std::string& query) {
    const Reply reply = server_->get("/openai/v1/files" + query);
    EXPECT_EQ(reply.status, 200u) << reply.body;
    const auto page = boost::json::parse(reply.body).as_object();
    std::string out;
    for (const auto& one : page.at("data").as_array()) out += one.at("id").as_string() == first ? '1' : '2';
    EXPECT_EQ(page.at("object").as_string(), "list");
    if (out.empty()) {
      EXPECT_TRUE(page.at("first_id").is_null() && page.at("last_id").is_null());
    } else {
      EXPECT_EQ(page.at("first_id"), page.at("data").as_array().front().at("id"));
      EXPECT_EQ(page.at("last_id"), page.at("data").as_array().back().at("id"));
    }
    return out + (page.at("has_more").as_bool() ? "+" : "");
  };
  EXPECT_EQ(list(""), "21");
  EXPECT_EQ(list("?order=asc"), "12");
  EXPECT_EQ(list("?limit=1"), "2+");
  EXPECT_EQ(list("?limit=1&after=" + second), "1");
  EXPECT_EQ(list("?purpose=batch&limit=10000"), "21");
  EXPECT_EQ(list("?purpose=batch_output"), "");
  EXPECT_EQ(list("?after=" + first), "");
  for (const char* query : {"?limit=0", "?limit=10001", "?limit=x", "?limit=1.5", "?limit=-1", "?order=up"}) {
    EXPECT_EQ(server_->get("/openai/v1/files" + std::string(query)).status, 400u) << query;
  }
  const ClientRequest remove{"DELETE", "/openai/v1/files/" + second, {}, {}};
  EXPECT_EQ(server_->ask(remove).body, "{\"id\":\"" + second + "\",\"object\":\"file\",\"deleted\":true}");
  EXPECT_EQ(error_of(server_->ask(remove)), "404 -: File with id '" + second + "' not found.");
  EXPECT_EQ(server_->get("/openai/v1/files/" + second).status, 404u);
  EXPECT_EQ(server_->get("/openai/v1/files/" + second + "/content").status, 404u);
  EXPECT_EQ(list(""), "1");
  EXPECT_EQ(blobs(), 1u);
}

TEST_F(FileRoutes, RefuseWithoutATrace) {
  struct Row {
    std::string parts;
    std::string_view error;
  };
  const std::string batch = field("purpose", "batch");
  const Row rows[] = {
      {batch, "400 file: property 'file' is missing"},
      {file("{}"), "400 purpose: property 'purpose' is missing"},
      {batch + batch + file("{}"), "400 purpose: 'purpose' : is there more than once"},
      {batch + field("file", "{}"), "400 file: 'file' : must be a file: a part with a filename"},
      {batch + file("{}", "a.jsonl", "document"), "400 document: property 'document' is unsupported"},
      {batch + field("user", "x") + file("{}"), "400 user: property 'user' is unsupported"},
      {batch + file("{}") + file("{}"), "400 file: The form has more than 1 file(s)."},
      {field("purpose", "batch_output") + file("{}"),
       "400 purpose: 'purpose' : files of purpose 'batch_output' are made by the server"},
      {field("purpose", "vision") + file("{}"),
       "400 purpose: 'purpose' : value must be one of [batch, fine_tuning]"},
      {batch + file("{}", "a.txt"), "400 file: 'file' : the name of a batch file must end in .jsonl"},
      {batch + file("{}\nx\n"),
       "400 file: 'file' : a batch file is JSON Lines. Line 2 is not a JSON object."},
      {batch + file(std::string(kMaxFile + 1, ' ')),
       "413 file: Request Entity Too Large: The file is larger than 1000 bytes."},
      {field("purpose", std::string(300'000, 'x')),
       "413 purpose: Request Entity Too Large: The text fields of the "
       "form are larger than 262144 bytes together."},
      {"--b\r\n\r\n", "400 -: A part has no Content-Disposition."},
  };
  for (const Row& row : rows) EXPECT_EQ(error_of(upload(row.parts)), row.error);
  EXPECT_EQ(
      error_of(server_->ask({"POST", "/openai/v1/files", {{"content-type", "application/json"}}, "{}"})),
      "400 -: The Content-Type must be multipart/form-data.");
  EXPECT_THAT(error_of(server_->ask({"POST",
                                     "/openai/v1/files",
                                     {{"content-type", "multipart/form-data; boundary=b"}},
                                     std::string(3 << 20, 'x')})),
              HasSubstr("413 -: Request Entity Too Large: The request body is larger than"));
  EXPECT_EQ(blobs(), 0u);
  EXPECT_TRUE(room_.records.scan("", 10)->empty());
}

TEST_F(FileRoutes, NeedAKey) {
  start({"secret"});
  EXPECT_EQ(upload_good().status, 401u);
  EXPECT_EQ(server_->get("/openai/v1/files").status, 401u);
  const Reply reply = upload(field("purpose", "batch") + file("{}"), {{"authorization", "Bearer secret"}});
  EXPECT_EQ(reply.status, 200u) << reply.body;
}

TEST_F(FileRoutes, TakeNothingFromPagesThatNobodyAllowed) {
  start({}, {"https://good.example"});
  const std::string parts = field("purpose", "batch") + file("{}");
  EXPECT_EQ(error_of(upload(parts, {{"origin", "https://evil.example"}})),
            "400 -: Web pages of https://evil.example may not send forms to this server.");
  EXPECT_EQ(blobs(), 0u);
  EXPECT_EQ(upload(parts, {{"origin", "https://good.example"}}).status, 200u);
}

TEST_F(FileRoutes, SayNothingOfTheDisk) {
  const std::string id = uploaded();
  ASSERT_TRUE(room_.blobs.remove(id).value());
  EXPECT_EQ(error_of(server_->get("/openai/v1/files/" + id + "/content")), "500 -: Internal Server Error");
  std::filesystem::remove_all(room_.blobs.folder());
  EXPECT_EQ(error_of(upload_good()), "500 -: Internal Server Error");
}

TEST_F(FileRoutes, AreNotThereWithoutAFolder) {
  server_ = std::make_unique<LiveServer>();
  EXPECT_EQ(server_->get("/openai/v1/files").status, 404u);
}

TEST_F(FileRoutes, AreAnOrganisationsOwn) {
  std::vector<service::ApiKey> keys;
  for (const auto& [text, organisation] : {std::pair("one", "acme"), {"two", "acme"}, {"three", "rival"}}) {
    keys.push_back(service::configured_key(text, false));
    keys.back().organisation = organisation;
  }
  server_->keys.replace(keys);
  const auto ask = [&](std::string key, std::string method, std::string path) {
    return server_->ask({std::move(method), std::move(path), {{"authorization", "Bearer " + key}}, {}});
  };
  const Reply made = upload(field("purpose", "batch") + file("{}\n"), {{"authorization", "Bearer one"}});
  ASSERT_EQ(made.status, 200u) << made.body;
  const std::string path = "/v1/files/" + std::string(boost::json::parse(made.body).at("id").as_string());
  EXPECT_EQ(ask("two", "GET", path).status, 200u);
  for (const auto& [method, target] :
       {std::pair("GET", path), {"GET", path + "/content"}, {"DELETE", path}}) {
    EXPECT_EQ(ask("three", method, target).status, 404u) << method << " " << target;
  }
  EXPECT_THAT(ask("three", "GET", "/v1/files").body, HasSubstr("\"data\":[]"));
  EXPECT_EQ(ask("two", "DELETE", path).status, 200u);
}

}  // namespace
}  // namespace peregrine::api
