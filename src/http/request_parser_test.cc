#include "http/request_parser.h"

#include <gtest/gtest.h>

#include <memory>

namespace peregrine::http {
namespace {

struct Parsed {
  std::string summary;   // of request and body, or of the refusal
  std::size_t left = 0;  // input that was not taken
  bool operator==(const Parsed&) const = default;
};

// Feeds `input` in pieces, as reads would bring it.
Parsed parse(std::string_view input, std::size_t piece) {
  const Limits limits;
  BodyBudget budget(limits.max_buffered_body_bytes);
  BodyReservation reservation(budget);
  RequestParser parser(limits);
  parser.keep_body(limits.max_body_bytes, reservation);
  std::string buffered;
  while (!parser.done() && !parser.refusal()) {
    const std::size_t taken = parser.feed(buffered);
    buffered.erase(0, taken);
    if (taken > 0) continue;
    if (input.empty()) break;
    buffered.append(input.substr(0, piece));
    input.remove_prefix(std::min(piece, input.size()));
  }
  if (parser.refusal()) return {"refused: " + parser.refusal()->detail, 0};
  const Request& request = parser.request();
  std::string summary = request.method + " " + request.path + " ";
  for (const Header& field : request.headers) summary += field.name + "=" + field.value + ";";
  summary +=
      " " + parser.body() + (parser.done() ? " done" : " open") + (parser.keep_alive() ? " keep" : " close");
  return {summary, buffered.size() + input.size()};
}

TEST(RequestParser, PiecesMakeNoDifference) {
  struct Row {
    std::string_view input, summary;
    std::size_t left;
  };
  const Row rows[] = {
      {"GET /a HTTP/1.1\r\nHost: t\r\n\r\n", "GET /a Host=t;  done keep", 0},
      {"\r\n\r\nGET /a HTTP/1.1\r\nHost: t\r\n\r\nGET", "GET /a Host=t;  done keep", 3},
      {"POST /a HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello!!",
       "POST /a Host=t;Content-Length=5; hello done keep", 2},
      {"POST /a HTTP/1.1\r\nhost:t\r\nTransfer-Encoding: Chunked\r\nConnection: close\r\n\r\n"
       "3;x=1\r\nabc\r\n0a\r\n0123456789\r\n0\r\nHost: evil\r\nX: y\r\n\r\nrest",
       "POST /a host=t;Transfer-Encoding=Chunked;Connection=close; abc0123456789 done close", 4},
      {"GET /a HTTP/1.0\r\n\r\n", "GET /a   done close", 0},
      {"GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET /a Connection=keep-alive;  done keep", 0},
      {"POST /a HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhel",
       "POST /a Host=t;Content-Length=5; hel open keep", 0},
      {"GET /%zz HTTP/1.1\r\nHost: t\r\n\r\n",
       "refused: The path holds an invalid percent-escape or text that is not UTF-8.", 0},
  };
  for (const Row& row : rows) {
    for (std::size_t piece = 1; piece <= row.input.size(); ++piece) {
      const Parsed parsed = parse(row.input, piece);
      EXPECT_EQ(parsed.summary, row.summary) << row.input << " in pieces of " << piece;
      EXPECT_EQ(parsed.left, row.left) << row.input << " in pieces of " << piece;
    }
  }
}

TEST(RequestParser, HeadLimitCountsPiecesTogether) {
  Limits limits;
  limits.max_header_bytes = 200;
  const std::string line = "X-Field: 0123456789\r\n";
  RequestParser parser(limits);
  std::string input = "GET /a HTTP/1.1\r\nHost: t\r\n";
  std::size_t lines = 0;
  while (!parser.refusal() && lines < 100) {
    input.erase(0, parser.feed(input));
    input += line;
    ++lines;
  }
  ASSERT_TRUE(parser.refusal().has_value());
  EXPECT_EQ(parser.refusal()->error, ProtocolError::kHeadersTooLarge);
  EXPECT_LE(lines, 200 / line.size() + 1);
}

TEST(BodyBudget, IsSharedAndGivenBack) {
  BodyBudget budget(100);
  auto first = std::make_unique<BodyReservation>(budget);
  BodyReservation second(budget);
  EXPECT_TRUE(first->grow(60));
  EXPECT_FALSE(second.grow(41));
  EXPECT_TRUE(second.grow(40));
  first.reset();
  EXPECT_TRUE(second.grow(60));
  EXPECT_FALSE(second.grow(1));
}

}  // namespace
}  // namespace peregrine::http
