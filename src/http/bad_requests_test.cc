// Bytes that are no acceptable request get the right status, in the owner's rendering, and a closed
// connection.
#include <string>
#include <string_view>

#include "http/test_support.h"

namespace peregrine::http {
namespace {

using namespace std::string_view_literals;
using testing::Answer;
using testing::RawClient;

enum class Ending { kOpen, kHalfClose };

struct BadRequest {
  BadRequest(std::string_view what, std::string_view raw, Ending how, unsigned code)
      : name(what), bytes(raw), ending(how), status(code) {}
  std::string name;
  std::string bytes;
  Ending ending;
  unsigned status;
};

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}
std::string a(std::size_t times) {
  return std::string(times, 'a');
}

std::vector<BadRequest> bad_requests() {
  using enum Ending;
  return {
#include "http/bad_requests.inc"
  };
}

std::unique_ptr<Server> strict_server() {
  Router router;
  router.add("POST", "/echo", testing::echo);
  router.add("GET", "/ok", testing::echo);
  Options options = testing::test_options();
  options.limits.max_header_bytes = 2048;
  options.limits.max_headers = 12;
  options.limits.max_target_bytes = 200;
  options.limits.max_body_bytes = 1000;
  return testing::serve(std::move(router), options);
}

TEST(BadRequests, AreAnsweredAndEndTheConnection) {
  const auto server = strict_server();
  for (const BadRequest& row : bad_requests()) {
    SCOPED_TRACE(row.name);
    RawClient client(server->port());
    client.send(row.bytes);
    if (row.ending == Ending::kHalfClose) client.finish_sending();
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, row.status);
    EXPECT_TRUE(answer.whole);
    EXPECT_TRUE(answer.body.starts_with("rendered: ")) << answer.body;
    EXPECT_EQ(answer.headers.get("connection"), "close");
    if (row.ending == Ending::kOpen) client.finish_sending();
    EXPECT_TRUE(client.at_end());
  }
  EXPECT_EQ(RawClient(server->port()).ask(testing::get("/ok")).status, 200u);
}

// The limits of the table, met exactly.
TEST(BadRequests, LimitsAreInclusive) {
  const std::string rows[] = {
      "GET /ok?" + a(196) + " HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /ok HTTP/1.1\r\nHost: t\r\n" + repeat("A: b\r\n", 11) + "\r\n",
      "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n" + a(1000),
      "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + a(1000) +
          "\r\n0\r\n\r\n",
      "GET /ok HTTP/1.1\r\nHost: t\r\nX: " + a(2048 - 34) + "\r\n\r\n",
  };
  const auto server = strict_server();
  RawClient client(server->port());
  for (const std::string& row : rows) {
    const Answer answer = client.ask(row);
    EXPECT_EQ(answer.status, 200u) << row;
  }
  EXPECT_EQ(rows[4].size(), 2048u);
}

}  // namespace
}  // namespace peregrine::http
