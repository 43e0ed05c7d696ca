// Bodies that a handler pulls: framing, limits and connections are those of bodies that are read for it.
#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Answer;
using testing::Event;
using testing::get;
using testing::post;
using testing::RawClient;

// Answers the length of the body and its bytes' sum, and never holds more than a piece.
Task<void> measure(Exchange& exchange) {
  EXPECT_TRUE(exchange.request().body.empty());
  std::size_t bytes = 0;
  std::uint64_t sum = 0;
  for (;;) {
    const std::optional<std::string_view> piece = co_await exchange.read_body();
    if (!piece) co_return;
    if (piece->empty()) break;
    EXPECT_LE(piece->size(), 64u * 1024);
    bytes += piece->size();
    for (const char c : *piece) sum += static_cast<unsigned char>(c);
  }
  Response response = testing::text(std::to_string(bytes) + " " + std::to_string(sum));
  co_await exchange.respond(std::move(response));
}

Task<void> refuse(Exchange& exchange) {
  Response response = testing::text("no", 400);
  co_await exchange.respond(std::move(response));
}

Task<void> read_once_and_refuse(Exchange& exchange) {
  const std::optional<std::string_view> piece = co_await exchange.read_body();
  EXPECT_TRUE(piece && !piece->empty());
  Response response = testing::text("enough", 400);
  co_await exchange.respond(std::move(response));
}

RouteOptions streamed(std::uint64_t limit = 256u << 20) {
  RouteOptions options;
  options.max_body_bytes = limit;
  options.stream_body = true;
  return options;
}

Router example_router() {
  Router router;
  router.add("POST", "/measure", measure, streamed());
  router.add("POST", "/small", measure, streamed(1000));
  router.add("POST", "/refuse", refuse, streamed());
  router.add("POST", "/once", read_once_and_refuse, streamed());
  router.add("POST", "/echo", testing::echo);
  router.add("GET", "/hello", testing::hello);
  return router;
}

std::string chunked(std::string_view target, std::size_t chunks, std::size_t size) {
  std::string request =
      "POST " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t i = 0; i < chunks; ++i) {
    request += fmt::format("{:x}\r\n{}\r\n", size, std::string(size, '\x01'));
  }
  return request + "0\r\n\r\n";
}

std::size_t resident_high_water() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

TEST(BodyStream, GivesTheBodyHoweverItComes) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  EXPECT_EQ(client.ask(post("/measure", "")).body, "0 0");
  EXPECT_EQ(client.ask(post("/measure", "\x01\x02\x03")).body, "3 6");
  EXPECT_EQ(client.ask(chunked("/measure", 3, 5)).body, "15 15");
  for (const char byte : chunked("/measure", 2, 3)) client.send(std::string_view(&byte, 1));
  EXPECT_EQ(client.receive().body, "6 6");
  std::thread sender([&] { client.send(chunked("/measure", 40, 100'000)); });
  EXPECT_EQ(client.receive().body, "4000000 4000000");
  sender.join();
}

TEST(BodyStream, AnswersPipelinedRequestsInOrder) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  client.send(post("/measure", "\x01\x02") + get("/hello") + chunked("/measure", 2, 2) +
              post("/echo", "echo") + post("/measure", "\x03"));
  EXPECT_EQ(client.receive().body, "2 3");
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_EQ(client.receive().body, "4 4");
  EXPECT_EQ(client.receive().body, "echo");
  EXPECT_EQ(client.receive().body, "1 3");
}

TEST(BodyStream, HoldsNoMoreThanAPieceAndIsNotCharged) {
  Options options = testing::test_options();
  options.limits.max_buffered_body_bytes = 1000;
  const auto server = testing::serve(example_router(), options);
  RawClient client(server->port());
  EXPECT_EQ(client.ask(post("/measure", std::string(100'000, '\x01'))).body, "100000 100000");
  constexpr std::size_t kBlocks = 128;
  const std::string block(1 << 20, '\x01');
  const std::size_t before = resident_high_water();
  std::thread sender([&] {
    client.send("POST /measure HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(kBlocks << 20) +
                "\r\n\r\n");
    for (std::size_t i = 0; i < kBlocks; ++i) client.send(block);
  });
  EXPECT_EQ(client.receive().body, fmt::format("{0} {0}", kBlocks << 20));
  sender.join();
#if !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(resident_high_water() - before, 8u << 20);
#else
  EXPECT_GE(resident_high_water(), before);
#endif
}

TEST(BodyStream, RefusesAnAnnouncedLengthBeforeTheHandlerRuns) {
  std::atomic<int> runs = 0;
  Router router;
  router.add(
      "POST", "/x",
      [&runs](Exchange& exchange) -> Task<void> {
        ++runs;
        co_await measure(exchange);
      },
      streamed(1000));
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  const Answer answer =
      client.ask("POST /x HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_EQ(answer.status, 413u);
  EXPECT_EQ(answer.headers.get("connection"), "close");
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(RawClient(server->port()).ask(post("/x", std::string(1000, '\x01'))).body, "1000 1000");
}

// What the server refuses while a handler reads, it answers itself and closes.
TEST(BodyStream, RefusesWhileTheHandlerReads) {
  struct Row {
    std::string_view name;
    std::string bytes;
    bool finishes;
    unsigned status;
  };
  const std::string start = "POST /small HTTP/1.1\r\nHost: t\r\n";
  const Row rows[] = {
      {"chunks over the limit", chunked("/small", 11, 100), false, 413},
      {"one chunk over the limit", chunked("/small", 1, 1001), false, 413},
      {"malformed chunk", start + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", false, 400},
      {"endless trailer", start + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(100'000, 'a'),
       false, 431},
      {"length ends early", start + "Content-Length: 10\r\n\r\nabc", true, 400},
      {"chunks end early", start + "Transfer-Encoding: chunked\r\n\r\n5\r\nab", true, 400},
      {"no byte of it", start + "Content-Length: 10\r\n\r\n", true, 400},
  };
  const auto server = testing::serve(example_router());
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    RawClient client(server->port());
    client.send(row.bytes);
    if (row.finishes) client.finish_sending();
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, row.status);
    EXPECT_TRUE(answer.body.starts_with("rendered: ")) << answer.body;
    EXPECT_EQ(answer.headers.get("connection"), "close");
    client.finish_sending();
    EXPECT_TRUE(client.at_end());
  }
}

TEST(BodyStream, SlowSendersAreToldSo) {
  Options options = testing::test_options();
  options.limits.body_timeout = std::chrono::milliseconds(30);
  const auto server = testing::serve(example_router(), options);
  for (const std::string_view begun : {"", "abc"}) {
    RawClient client(server->port());
    const Answer answer =
        client.ask("POST /measure HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\n" + std::string(begun));
    EXPECT_EQ(answer.status, 408u);
    EXPECT_EQ(answer.headers.get("x-request-known"), "yes");
    EXPECT_EQ(answer.headers.get("connection"), "close");
  }
}

// Each byte comes well within the timeout, and all of them do not.
TEST(BodyStream, TricklesDoNotRenewTheirTime) {
  Options options = testing::test_options();
  options.limits.body_timeout = std::chrono::milliseconds(200);
  const auto server = testing::serve(example_router(), options);
  RawClient client(server->port());
  client.send("POST /measure HTTP/1.1\r\nHost: t\r\nContent-Length: 60000\r\n\r\n");
  Event answered;
  std::thread sender([&] {
    while (!answered.is_set() && client.send("x")) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  });
  EXPECT_EQ(client.receive().status, 408u);
  answered.set();
  sender.join();
}

// The time that a handler takes between two pieces is not the peer's.
TEST(BodyStream, SlowHandlersDoNotUseUpThePeersTime) {
  Options options = testing::test_options();
  options.limits.body_timeout = std::chrono::milliseconds(200);
  Event first_read;
  std::atomic<std::size_t> bytes = 0;
  Router router;
  router.add(
      "POST", "/x",
      [&](Exchange& exchange) -> Task<void> {
        for (;;) {
          const std::optional<std::string_view> piece = co_await exchange.read_body();
          if (!piece) co_return;
          if (piece->empty()) break;
          bytes += piece->size();
          first_read.set();
          co_await exchange.offload([] { std::this_thread::sleep_for(std::chrono::milliseconds(300)); });
        }
        co_await testing::hello(exchange);
      },
      streamed());
  const auto server = testing::serve(std::move(router), options);
  RawClient client(server->port());
  client.send("POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 6\r\n\r\nabc");
  ASSERT_TRUE(first_read.wait());
  client.send("def");
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_EQ(bytes, 6u);
}

TEST(BodyStream, ContinuesWhenTheHandlerWantsTheBody) {
  const auto server = testing::serve(example_router());
  const std::string fields = "Host: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
  RawClient client(server->port());
  client.send("POST /measure HTTP/1.1\r\n" + fields);
  EXPECT_EQ(client.head().status, 100u);
  client.send("\x01\x01\x01");
  EXPECT_EQ(client.receive().body, "3 3");
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
  const Answer refused = client.ask("POST /refuse HTTP/1.1\r\n" + fields);
  EXPECT_EQ(refused.status, 400u);
  EXPECT_EQ(refused.headers.get("connection"), "close");
}

TEST(BodyStream, KeepsTheConnectionAfterABodyThatIsSoonPassedOver) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  EXPECT_EQ(client.ask(post("/refuse", "short")).status, 400u);
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
  // What is left counts, not what the body was.
  std::thread sender([&] { client.send(post("/once", std::string(66'000, 'x'))); });
  const Answer once = client.receive();
  sender.join();
  EXPECT_EQ(once.body, "enough");
  // The first piece is at most 64 KiB of it, and may be so little that the rest is more than that.
  if (once.headers.get("connection") != "close") {
    EXPECT_EQ(client.ask(get("/hello")).body, "hello");
  }
  RawClient other(server->port());
  std::thread large([&] { other.send(post("/once", std::string(4 << 20, 'x'))); });
  const Answer closed = other.receive();
  large.join();
  EXPECT_EQ(closed.body, "enough");
  EXPECT_EQ(closed.headers.get("connection"), "close");
  EXPECT_TRUE(other.at_end());
  RawClient unknown(server->port());
  EXPECT_EQ(unknown.ask(chunked("/refuse", 1, 10)).headers.get("connection"), "close");
}

TEST(BodyStream, APeerThatLeavesEndsTheHandler) {
  struct Row {
    std::string_view name;
    void (RawClient::*go)();
  };
  const Row rows[] = {{"close", &RawClient::close}, {"reset", &RawClient::reset}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Event started;
    Event ended;
    std::atomic<bool> cut = false;
    Router router;
    router.add(
        "POST", "/x",
        [&](Exchange& exchange) -> Task<void> {
          started.set();
          std::optional<std::string_view> piece = co_await exchange.read_body();
          while (piece && !piece->empty()) piece = co_await exchange.read_body();
          cut = !piece;
          piece = co_await exchange.read_body();
          EXPECT_FALSE(piece.has_value());
          ended.set();
        },
        streamed());
    const auto server = testing::serve(std::move(router));
    RawClient client(server->port());
    client.send("POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\nabc");
    ASSERT_TRUE(started.wait());
    (client.*row.go)();
    EXPECT_TRUE(ended.wait());
    EXPECT_TRUE(cut);
    EXPECT_TRUE(server->drain(testing::kPatience));
  }
}

TEST(BodyStream, StoppingTheServerEndsTheHandler) {
  Event started;
  Event ended;
  Router router;
  router.add(
      "POST", "/x",
      [&](Exchange& exchange) -> Task<void> {
        started.set();
        const std::optional<std::string_view> piece = co_await exchange.read_body();
        EXPECT_FALSE(piece.has_value());
        ended.set();
      },
      streamed());
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  client.send("POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\n");
  ASSERT_TRUE(started.wait());
  server->stop();
  EXPECT_TRUE(ended.is_set());
}

TEST(BodyStream, AHalfClosedClientStillGetsAnAnswer) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  client.send(post("/measure", std::string(300'000, '\x01')));
  client.finish_sending();
  EXPECT_EQ(client.receive().body, "300000 300000");
}

TEST(BodyStream, OtherRoutesHaveTheirBodyAtOnce) {
  Router router;
  router.add("POST", "/x", [](Exchange& exchange) -> Task<void> {
    const std::optional<std::string_view> piece = co_await exchange.read_body();
    EXPECT_TRUE(piece && piece->empty());
    co_await testing::echo(exchange);
  });
  const auto server = testing::serve(std::move(router));
  EXPECT_EQ(RawClient(server->port()).ask(post("/x", "body")).body, "body");
}

}  // namespace
}  // namespace peregrine::http
