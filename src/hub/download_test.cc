#include "hub/download.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <utility>

#include "base/ids.h"
#include "base/rng.h"
#include "hub/limits.h"
#include "hub/part_file.h"
#include "hub/testing/scripted_server.h"
#include "hub/testing/temp_folder.h"

namespace peregrine::hub {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Request;
using testing::respond;
using testing::ScriptedServer;
using testing::serve_file;
using testing::TempFolder;

constexpr std::uint64_t kChunk = 64 << 10;
const ProgressSink kGoOn = [](const Progress&) { return true; };

// 640 KiB: ten chunks.
const std::string& content() {
  static const std::string bytes = [] {
    std::string text(10 * kChunk, '\0');
    std::uint64_t state = 1;
    for (char& c : text) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      c = static_cast<char>(state >> 56);
    }
    return "GGUF" + text.substr(4);
  }();
  return bytes;
}

Options options(const ScriptedServer& server) {
  Options options;
  options.endpoint = server.url();
  options.chunk_bytes = kChunk;
  options.stall = seconds(1);
  options.backoff = milliseconds(1);
  return options;
}

RemoteFile remote(const ScriptedServer& server) {
  return {server.url("/f"), content().size(), base::sha256_hex(content()), "\"v1\"", ""};
}

Status fetch(const ScriptedServer& server, const TempFolder& folder, const RemoteFile& file,
             const ProgressSink& sink = kGoOn) {
  const auto client = Client::create(options(server));
  EXPECT_TRUE(client);
  const Order order{file, folder / "m.gguf", "GGUF"};
  PEREGRINE_TRY(download(*client, order, sink));
  return publish(order);
}

TEST(Download, InPartsOverSeveralConnections) {
  const ScriptedServer server([](const Request& request) { return serve_file(request, content()); });
  const TempFolder folder;
  std::uint64_t last = 0;
  const Status status = fetch(server, folder, remote(server), [&](const Progress& progress) {
    EXPECT_GE(progress.done, last);
    last = progress.done;
    return true;
  });
  ASSERT_TRUE(status) << status.error().text();
  EXPECT_EQ(folder.read("m.gguf"), content());
  EXPECT_THAT(folder.names(), ElementsAre("m.gguf"));
  EXPECT_EQ(last, content().size());
  std::set<std::string> ranges;
  for (const Request& request : server.requests()) ranges.insert(request.header("range"));
  EXPECT_EQ(ranges.size(), 10U);
  EXPECT_EQ(server.requests().size(), 10U);
}

// How a server may misbehave, and still the file arrives.
struct Survivable {
  const char* name;
  // nth: how many requests came before this one.
  std::function<Answer(const Request& request, std::size_t nth)> answer;
};

Answer cut(Answer answer, std::size_t bytes) {
  answer.bytes.resize(answer.bytes.find("\r\n\r\n") + 4 + bytes);
  answer.close = true;
  return answer;
}

TEST(Download, SurvivesWhatNetworksDo) {
  const Survivable kCases[] = {
      {"every other connection breaks midway",
       [](const Request& request, std::size_t nth) {
         Answer answer = serve_file(request, content());
         return nth % 2 == 0 && answer.bytes.size() > 1000 ? cut(std::move(answer), 700) : answer;
       }},
      {"connections break before the first byte",
       [](const Request& request, std::size_t nth) {
         return nth % 3 == 0 ? Answer{"", true} : serve_file(request, content());
       }},
      {"in the middle of the head",
       [](const Request& request, std::size_t nth) {
         return nth % 3 == 0 ? Answer{"HTTP/1.1 206 Par", true} : serve_file(request, content());
       }},
      {"500 now and then",
       [](const Request& request, std::size_t nth) {
         return nth % 3 == 0 ? respond(500, "", "oops") : serve_file(request, content());
       }},
      {"503 with a large page",
       [](const Request& request, std::size_t nth) {
         return nth == 1 ? respond(503, "", std::string(3 * kMaxErrorBodyBytes, 'x'))
                         : serve_file(request, content());
       }},
      {"429 while more than one asks",
       [](const Request& request, std::size_t nth) {
         return nth >= 1 && nth <= 2 ? respond(429, "Retry-After: 0\r\n", "")
                                     : serve_file(request, content());
       }},
      {"no ranges at all",
       [](const Request& request, std::size_t) {
         Request whole = request;
         whole.headers.erase("range");
         return serve_file(whole, content());
       }},
      {"no ranges, and the first attempt in one piece breaks",
       [broken = false](const Request& request, std::size_t) mutable {
         Request whole = request;
         whole.headers.erase("range");
         Answer answer = serve_file(whole, content());
         const bool in_one_piece = request.header("range").empty();
         return in_one_piece && !std::exchange(broken, true) ? cut(std::move(answer), 300000) : answer;
       }},
      {"ranges are forgotten midway",
       [](const Request& request, std::size_t nth) {
         Request whole = request;
         if (nth > 5) whole.headers.erase("range");
         return serve_file(whole, content());
       }},
      {"interim responses first",
       [](const Request& request, std::size_t) {
         Answer answer = serve_file(request, content());
         answer.bytes.insert(0, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
         return answer;
       }},
  };
  for (const Survivable& one : kCases) {
    std::size_t nth = 0;
    const ScriptedServer server([&](const Request& request) { return one.answer(request, nth++); });
    const TempFolder folder;
    const Status status = fetch(server, folder, remote(server));
    ASSERT_TRUE(status) << one.name << ": " << status.error().text();
    EXPECT_TRUE(folder.read("m.gguf") == content()) << one.name;
    EXPECT_THAT(folder.names(), ElementsAre("m.gguf")) << one.name;
  }
}

TEST(Download, CutsConnectionsThatStall) {
  std::size_t stalled = 0;
  const ScriptedServer server([&](const Request& request) {
    Answer answer = serve_file(request, content());
    // Keeps the connection open without a word more.
    if (request.range(content().size()).first == 0 && stalled++ == 0) answer.bytes.resize(500);
    return answer;
  });
  const TempFolder folder;
  const Status status = fetch(server, folder, remote(server));
  ASSERT_TRUE(status) << status.error().text();
  EXPECT_EQ(stalled, 1U) << "what had arrived was kept, so byte 0 was asked for once";
  EXPECT_TRUE(folder.read("m.gguf") == content());
}

// How a server may misbehave so that the download ends, with nothing under the final name.
struct Fatal {
  const char* name;
  Answer (*answer)(const Request& request);
  ErrorCode code;
  const char* says;
  bool keeps = true;  // what was received so far
};

TEST(Download, NothingWrongEverGetsTheName) {
  const Fatal kCases[] = {
      {"another file of the same size",
       [](const Request& request) {
         std::string other = content();
         other[300000] = static_cast<char>(other[300000] + 1);
         return serve_file(request, other);
       },
       ErrorCode::kCorrupt, "SHA-256", false},
      {"a larger file", [](const Request& request) { return serve_file(request, content() + "x"); },
       ErrorCode::kUnavailable, "changed"},
      {"a smaller file",
       [](const Request& request) { return serve_file(request, content().substr(0, 200000)); },
       ErrorCode::kUnavailable, "changed"},
      {"another range than asked for",
       [](const Request& request) {
         Request shifted = request;
         const auto [first, last] = request.range(content().size());
         shifted.headers["range"] = fmt::format("bytes={}-{}", first == 0 ? 1 : first - 1, last);
         return serve_file(shifted, content());
       },
       ErrorCode::kUnavailable, "makes no sense"},
      {"206 without Content-Range", [](const Request&) { return respond(206, "", "xxxx"); },
       ErrorCode::kUnavailable, "makes no sense"},
      {"a web page",
       [](const Request& request) {
         return serve_file(request, "<!DOCTYPE html>" + std::string(content().size() - 15, ' '));
       },
       ErrorCode::kCorrupt, "not a model file", false},
      {"401", [](const Request&) { return respond(401, "", "no"); }, ErrorCode::kPermissionDenied,
       "HF_TOKEN"},
      {"403", [](const Request&) { return respond(403, "X-Error-Message: gated \x1b[2J\r\n", "no"); },
       ErrorCode::kPermissionDenied, "gated ?[2J: the model needs a login"},
      {"404", [](const Request&) { return respond(404, "", "no"); }, ErrorCode::kNotFound,
       "no such repository or file"},
      {"416", [](const Request&) { return respond(416, "", "no"); }, ErrorCode::kInvalidArgument,
       "has changed"},
      {"204", [](const Request&) { return Answer{"HTTP/1.1 204 X\r\n\r\n"}; }, ErrorCode::kUnavailable,
       "HTTP 204"},
      {"500 always", [](const Request&) { return respond(500, "", "no"); }, ErrorCode::kUnavailable,
       "HTTP 500"},
      {"429 always", [](const Request&) { return respond(429, "Retry-After: 0\r\n", "no"); },
       ErrorCode::kUnavailable, "too many requests"},
      {"broken always", [](const Request& request) { return cut(serve_file(request, content()), 10); },
       ErrorCode::kUnavailable, "connection broke"},
      {"endless headers",
       [](const Request&) {
         return Answer{std::string("HTTP/1.1 200 OK\r\nh: ") + std::string(kMaxHeaderBytes, 'h') +
                       "\r\n\r\n"};
       },
       ErrorCode::kUnavailable, "headers"},
      {"many headers",
       [](const Request&) {
         std::string head = "HTTP/1.1 200 OK\r\n";
         for (std::size_t i = 0; i <= kMaxHeaders; ++i) head += "a: b\r\n";
         return Answer{head + "\r\n"};
       },
       ErrorCode::kUnavailable, "headers"},
      {"in circles", [](const Request&) { return respond(302, "Location: /f\r\n", ""); },
       ErrorCode::kUnavailable, "redirects too often"},
      {"to nowhere", [](const Request&) { return respond(302, "", ""); }, ErrorCode::kUnavailable, "nowhere"},
      {"to a file", [](const Request&) { return respond(302, "Location: file:///etc/passwd\r\n", ""); },
       ErrorCode::kPermissionDenied, "do not fetch"},
      {"to the open air", [](const Request&) { return respond(302, "Location: http://192.0.2.1/f\r\n", ""); },
       ErrorCode::kPermissionDenied, "without encryption"},
      {"with a password",
       [](const Request&) { return respond(302, "Location: http://a:b@127.0.0.1/f\r\n", ""); },
       ErrorCode::kPermissionDenied, "do not fetch"},
      {"no HTTP at all", [](const Request&) { return Answer{"SSH-2.0-OpenSSH\r\n", true}; },
       ErrorCode::kUnavailable, "transfer failed"},
  };
  for (const Fatal& one : kCases) {
    const ScriptedServer server([&](const Request& request) { return one.answer(request); });
    const TempFolder folder;
    const Status status = fetch(server, folder, remote(server));
    ASSERT_FALSE(status) << one.name;
    EXPECT_EQ(status.error().code, one.code) << one.name << ": " << status.error().text();
    EXPECT_THAT(status.error().text(), HasSubstr(one.says)) << one.name;
    EXPECT_LT(server.requests().size(), 60U) << one.name;
    if (one.keeps) {
      EXPECT_THAT(folder.names(), ElementsAre("m.gguf.part", "m.gguf.part.json")) << one.name;
    } else {
      EXPECT_THAT(folder.names(), ElementsAre()) << one.name;
    }
  }
}

TEST(Download, AWebPageIsKnownByItsFirstBytes) {
  const std::string page = "<!DOCTYPE html>" + std::string(content().size() - 15, ' ');
  const ScriptedServer server([&](const Request& request) { return serve_file(request, page); });
  Options one_connection = options(server);
  one_connection.connections = 1;
  const auto client = Client::create(one_connection);
  const TempFolder folder;
  const Status status = download(*client, {remote(server), folder / "m.gguf", "GGUF"}, kGoOn);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(server.requests().size(), 1U) << "the other nine chunks were not fetched";
  EXPECT_THAT(folder.names(), ElementsAre());
}

TEST(Download, WithoutADigestTheEtagGuards) {
  std::string etag = "ETag: \"v1\"\r\n";
  const ScriptedServer server([&](const Request& request) {
    EXPECT_EQ(request.header("if-range"), "\"v1\"");
    if (request.range(content().size()).first < 3 * kChunk) return serve_file(request, content(), etag);
    Request whole = request;  // changed since: the whole of it, as If-Range asks
    whole.headers.erase("range");
    return serve_file(whole, content(), "ETag: \"v2\"\r\n");
  });
  const TempFolder folder;
  RemoteFile file = remote(server);
  file.sha256.clear();
  const Status status = fetch(server, folder, file);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().text(), HasSubstr("changed"));
}

TEST(Download, StoppedGoesOnLater) {
  const ScriptedServer server([](const Request& request) { return serve_file(request, content()); });
  const TempFolder folder;
  // Half of it is there from an earlier run.
  {
    auto part = PartFile::open(folder / "m.gguf", remote(server), kChunk);
    ASSERT_TRUE(part);
    for (std::size_t chunk = 0; chunk < 5; ++chunk) {
      ASSERT_TRUE(part->write(chunk, std::string_view(content()).substr(chunk * kChunk, kChunk)));
    }
    ASSERT_TRUE(part->write(7, std::string_view(content()).substr(7 * kChunk, 100)));
    ASSERT_TRUE(part->checkpoint());
  }
  const Status stopped = fetch(server, folder, remote(server), [](const Progress&) { return false; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  const Status status = fetch(server, folder, remote(server));
  ASSERT_TRUE(status) << status.error().text();
  EXPECT_TRUE(folder.read("m.gguf") == content());
  std::uint64_t asked = 0;
  for (const Request& request : server.requests()) {
    const auto [first, last] = request.range(content().size());
    EXPECT_GE(first, 5 * kChunk);
    asked += last - first + 1;
  }
  EXPECT_EQ(asked, 5 * kChunk - 100);
}

TEST(Download, AlreadyDownloadedIsNotAskedForAgain) {
  const ScriptedServer server([](const Request& request) { return serve_file(request, content()); });
  const TempFolder folder;
  const auto client = Client::create(options(server));
  const Order order{remote(server), folder / "m.gguf", "GGUF"};
  ASSERT_TRUE(download(*client, order, kGoOn));
  const std::size_t requests = server.requests().size();
  ASSERT_TRUE(download(*client, order, kGoOn)) << "between download and publish lies another process's life";
  EXPECT_EQ(server.requests().size(), requests);
  EXPECT_THAT(folder.names(), ElementsAre("m.gguf.part", "m.gguf.part.json"));
  ASSERT_TRUE(publish(order));
  EXPECT_THAT(folder.names(), ElementsAre("m.gguf"));
}

TEST(Download, TheTokenStaysWithTheHub) {
  const ScriptedServer other([](const Request& request) { return serve_file(request, content()); });
  std::size_t expired = 0;
  const ScriptedServer hub([&](const Request&) {
    return respond(302, fmt::format("Location: {}\r\n", other.url(fmt::format("/signed-{}", expired++))), "");
  });
  Options with_token = options(hub);
  with_token.token = "hf_secret";
  const auto client = Client::create(with_token);
  const TempFolder folder;
  const Order order{
      {hub.url("/f"), content().size(), base::sha256_hex(content()), "", ""}, folder / "m.gguf", ""};
  const Status status = download(*client, order, kGoOn);
  ASSERT_TRUE(status) << status.error().text();
  for (const Request& request : hub.requests())
    EXPECT_EQ(request.header("authorization"), "Bearer hf_secret");
  for (const Request& request : other.requests()) EXPECT_EQ(request.header("authorization"), "");
  EXPECT_GE(other.requests().size(), 10U);
  EXPECT_LE(hub.requests().size(), 4U) << "the way is asked for once a connection, not once a chunk";
}

TEST(Download, ASignedLinkThatRanOutIsAskedForAgain) {
  std::map<std::string, int> uses;
  const ScriptedServer other([&](const Request& request) {
    return uses[request.target]++ < 2 ? serve_file(request, content()) : respond(403, "", "expired");
  });
  std::size_t links = 0;
  const ScriptedServer hub([&](const Request&) {
    return respond(302, fmt::format("Location: {}\r\n", other.url(fmt::format("/signed-{}", links++))), "");
  });
  const TempFolder folder;
  const RemoteFile file{hub.url("/f"), content().size(), base::sha256_hex(content()), "", ""};
  const Status status = fetch(hub, folder, file);
  ASSERT_TRUE(status) << status.error().text();
  EXPECT_TRUE(folder.read("m.gguf") == content());
}

TEST(Probe, WhatTheHubLinksTo) {
  const std::string digest(64, 'a');
  const ScriptedServer other([](const Request&) { return respond(500, "", ""); });
  const ScriptedServer hub([&](const Request& request) {
    EXPECT_EQ(request.method, "HEAD");
    return request.target == "/renamed/resolve/main/f.gguf"
               ? respond(302,
                         fmt::format("X-Linked-Size: 123\r\nX-Linked-Etag: \"{}\"\r\nX-Repo-Commit: c1\r\n"
                                     "Location: {}\r\n",
                                     digest, other.url("/x")),
                         "")
               : respond(307, "Location: /renamed/resolve/main/f.gguf\r\n", "");
  });
  const auto client = Client::create(options(hub));
  const auto file = client->probe(client->file_url("org/name", "f.gguf"), kGoOn);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->size, 123U);
  EXPECT_EQ(file->sha256, digest);
  EXPECT_EQ(file->commit, "c1");
  EXPECT_TRUE(other.requests().empty()) << "the hub has told all";
}

TEST(Probe, OtherServersByTheirFirstByte) {
  const ScriptedServer hub([](const Request&) { return respond(500, "", ""); });
  const ScriptedServer server(
      [](const Request& request) { return serve_file(request, content(), "ETag: \"v1\"\r\n"); });
  const auto client = Client::create(options(hub));
  const auto file = client->probe(server.url("/f.gguf?x=1"), kGoOn);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->size, content().size());
  EXPECT_EQ(file->sha256, "");
  EXPECT_EQ(file->validator, "\"v1\"");
  EXPECT_EQ(server.requests().at(0).method, "GET");
  EXPECT_EQ(server.requests().at(0).header("range"), "bytes=0-0");
}

TEST(Probe, SizesThatCannotBe) {
  for (const char* headers :
       {"Content-Length: 0\r\n", "Content-Length: 99999999999999\r\n", "Transfer-Encoding: chunked\r\n"}) {
    const ScriptedServer server(
        [&](const Request&) { return Answer{fmt::format("HTTP/1.1 200 OK\r\n{}\r\n", headers)}; });
    const auto client = Client::create(options(server));
    const auto file = client->probe(server.url("/f"), kGoOn);
    ASSERT_FALSE(file) << headers;
    EXPECT_EQ(server.requests().size(), 1U) << "asking again will not help";
  }
}

TEST(ListRepository, PageAfterPage) {
  const ScriptedServer* self = nullptr;
  const ScriptedServer hub([&](const Request& request) {
    EXPECT_THAT(request.target, HasSubstr("/api/models/org/name/tree/main?recursive=true"));
    const bool second = request.target.find("cursor=2") != std::string::npos;
    const std::string next =
        fmt::format("Link: <{}>; rel=\"next\"\r\n", self->url(request.target + "&cursor=2"));
    return respond(200, second ? "" : next,
                   fmt::format(R"([{{"type":"file","path":"{}.gguf","size":1}}])", second ? "b" : "a"));
  });
  self = &hub;
  const auto client = Client::create(options(hub));
  const auto files = client->list_repository("org/name", kGoOn);
  ASSERT_TRUE(files) << files.error().text();
  ASSERT_EQ(files->size(), 2U);
  EXPECT_EQ(files->at(1).path, "b.gguf");
}

TEST(ListRepository, EndlessAndElsewhere) {
  const ScriptedServer* self = nullptr;
  bool elsewhere = false;
  bool large = false;
  const ScriptedServer hub([&](const Request& request) {
    if (large) return respond(200, "", std::string(kMaxListingBytes + 1, ' '));
    const std::string next = elsewhere ? "http://127.0.0.1:1/x" : self->url(request.target);
    return respond(200, fmt::format("Link: <{}>; rel=\"next\"\r\n", next), "[]");
  });
  self = &hub;
  const auto client = Client::create(options(hub));
  const auto endless = client->list_repository("org/name", kGoOn);
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(hub.requests().size(), kMaxListingPages);
  elsewhere = true;
  const auto away = client->list_repository("org/name", kGoOn);
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().code, ErrorCode::kPermissionDenied);
  large = true;
  EXPECT_FALSE(client->list_repository("org/name", kGoOn));
}

TEST(Client, Settings) {
  const auto with = [](const std::string& endpoint, const std::string& token) {
    Options options;
    options.endpoint = endpoint;
    options.token = token;
    return Client::create(options);
  };
  EXPECT_TRUE(with("https://huggingface.co", "hf_abc"));
  EXPECT_EQ(with("https://hub.example.org/sub/", "")->file_url("o/n", "a b.gguf"),
            "https://hub.example.org/sub/o/n/resolve/main/a%20b.gguf");
  for (const auto& [endpoint, token] :
       std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                        {"huggingface.co", ""},
                                                        {"ftp://h", ""},
                                                        {"https://u:p@h", ""},
                                                        {"https://h/?q", ""},
                                                        {"https://h", "a b"},
                                                        {"https://h", "a\r\nX: y"},
                                                        {"http://mirror.lan", "hf_abc"}}) {
    const auto client = with(endpoint, token);
    ASSERT_FALSE(client) << endpoint << " " << token;
    EXPECT_THAT(client.error().where, ::testing::StartsWith("HF_")) << endpoint;
  }
}

}  // namespace
}  // namespace peregrine::hub
