// One server, many requests over real sockets: routing, framing, connections kept and closed, the owner's
// hook.
#include <sys/resource.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Answer;
using testing::echo;
using testing::Event;
using testing::get;
using testing::hello;
using testing::post;
using testing::RawClient;
using testing::text;

// What the handler was given.
Task<void> describe(Exchange& exchange) {
  const Request& request = exchange.request();
  std::string out = request.method + " " + request.target + " rest=" + std::string(exchange.param("rest")) +
                    " q=" + std::string(request.query_value("q")) +
                    " x=" + std::string(request.headers.get("X-Field")) + " from " + request.peer;
  Response response = text(std::move(out));
  co_await exchange.respond(std::move(response));
}

Task<void> throws(Exchange&) {
  throw std::runtime_error("on purpose");
  co_return;
}

Task<void> throws_mid_stream(Exchange& exchange) {
  Headers headers;
  co_await exchange.begin_stream(200, std::move(headers));
  co_await exchange.write("part");
  throw std::runtime_error("on purpose");
}

Task<void> stays_silent(Exchange&) {
  co_return;
}

Task<void> answers_twice(Exchange& exchange) {
  co_await hello(exchange);
  co_await echo(exchange);
}

Task<void> sleeps_on_a_worker(Exchange& exchange) {
  const std::thread::id here = std::this_thread::get_id();
  const bool elsewhere = co_await exchange.offload([here] { return std::this_thread::get_id() != here; });
  const bool back = std::this_thread::get_id() == here;
  Response response = text(elsewhere && back ? "offloaded" : "not offloaded");
  co_await exchange.respond(std::move(response));
}

Router example_router() {
  Router router;
  router.add("GET", "/hello", hello);
  router.add("POST", "/echo", echo);
  router.add("POST", "/small", echo, {10});
  router.add("GET", "/describe/{rest...}", describe);
  router.add("GET", "/throws", throws);
  router.add("GET", "/throws-mid-stream", throws_mid_stream);
  router.add("GET", "/silent", stays_silent);
  router.add("GET", "/twice", answers_twice);
  router.add("GET", "/worker", sleeps_on_a_worker);
  return router;
}

TEST(Server, GivesHandlersWhatWasAsked) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  const Answer answer = client.ask(get("//describe/openai%2Fa/b?q=1+2", "x-field:  v \r\n"));
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.body, "GET //describe/openai%2Fa/b?q=1+2 rest=openai/a/b q=1 2 x=v from 127.0.0.1");
  EXPECT_EQ(answer.headers.get("content-type"), "text/plain");
  EXPECT_EQ(answer.headers.get("date").size(), 29u);
}

TEST(Server, AnswersHeadWithoutBody) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  const Answer head = client.ask("HEAD /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(head.status, 200u);
  EXPECT_EQ(head.headers.get("content-length"), "5");
  EXPECT_EQ(client.ask("HEAD /nowhere HTTP/1.1\r\nHost: t\r\n\r\n").status, 404u);
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
}

TEST(Server, RefusesUnknownPathsAndMethodsAndKeepsTheConnection) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  const Answer nowhere = client.ask(post("/nowhere", "ignored body"));
  EXPECT_EQ(nowhere.status, 404u);
  EXPECT_EQ(nowhere.headers.get("x-request-known"), "yes");
  const Answer method = client.ask("BREW /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(method.status, 405u);
  EXPECT_EQ(method.headers.get("allow"), "GET, HEAD");
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
}

TEST(Server, ClosesAfterABodyTooLargeToPassOver) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  const Answer answer = client.ask(post("/nowhere", std::string(1 << 20, 'x')));
  EXPECT_EQ(answer.status, 404u);
  EXPECT_EQ(answer.headers.get("connection"), "close");
}

TEST(Server, KeepsAndClosesConnectionsAsAsked) {
  struct Row {
    std::string_view request, connection;
    bool closes;
  };
  const Row rows[] = {
      {"GET /hello HTTP/1.1\r\nHost: t\r\n\r\n", "", false},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n", "close", true},
      {"GET /hello HTTP/1.1\r\nHost: t\r\nConnection: x, Close\r\n\r\n", "close", true},
      {"GET /hello HTTP/1.0\r\n\r\n", "close", true},
      {"GET /hello HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "keep-alive", false},
  };
  const auto server = testing::serve(example_router());
  for (const Row& row : rows) {
    RawClient client(server->port());
    const Answer answer = client.ask(row.request);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_EQ(answer.headers.get("connection"), row.connection) << row.request;
    if (row.closes) {
      EXPECT_TRUE(client.at_end()) << row.request;
    } else {
      EXPECT_EQ(client.ask(get("/hello")).body, "hello") << row.request;
    }
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  client.send(get("/worker") + post("/echo", "one") + get("/describe/x") + post("/echo", "two"));
  EXPECT_EQ(client.receive().body, "offloaded");
  EXPECT_EQ(client.receive().body, "one");
  EXPECT_TRUE(client.receive().body.starts_with("GET /describe/x"));
  EXPECT_EQ(client.receive().body, "two");
}

TEST(Server, ReadsBodiesHoweverTheyCome) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  const std::string chunked =
      "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4;a=b\r\nWiki\r\n05\r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n0\r\nTrailer: x\r\n\r\n";
  EXPECT_EQ(client.ask(chunked).body, "Wikipedia in\r\n\r\nchunks.");
  for (const char byte : chunked) client.send(std::string_view(&byte, 1));
  EXPECT_EQ(client.receive().body, "Wikipedia in\r\n\r\nchunks.");
  EXPECT_EQ(client.ask(post("/echo", "")).body, "");
  std::string large(3 << 20, ' ');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 31 + i / 253);
  std::thread sender([&] { client.send(post("/echo", large)); });
  const Answer answer = client.receive();
  sender.join();
  EXPECT_TRUE(answer.body == large);
}

TEST(Server, ContinuesWhenExpected) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.head().status, 100u);
  client.send("abc");
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.body, "abc");
}

TEST(Server, DoesNotAskForABodyItWillNotRead) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  const Answer answer =
      client.ask("POST /nowhere HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(answer.status, 404u);
  EXPECT_EQ(answer.headers.get("connection"), "close");
}

TEST(Server, RoutesHaveTheirOwnBodyLimit) {
  const auto server = testing::serve(example_router());
  EXPECT_EQ(RawClient(server->port()).ask(post("/small", "0123456789")).body, "0123456789");
  EXPECT_EQ(RawClient(server->port()).ask(post("/small", "0123456789+")).status, 413u);
}

TEST(Server, TheClientCanReadTheRefusalOfABodyItIsStillSending) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  const std::string body(8 << 20, 'x');
  EXPECT_TRUE(client.send(post("/small", body))) << "the connection was reset while the client sent";
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 413u);
  EXPECT_TRUE(answer.whole);
}

TEST(Server, HandlersThatFailGetAnAnswerMade) {
  const auto server = testing::serve(example_router());
  RawClient client(server->port());
  EXPECT_EQ(client.ask(get("/throws")).status, 500u);
  EXPECT_EQ(client.ask(get("/silent")).status, 500u);
  EXPECT_EQ(client.ask(get("/twice")).body, "hello");
  const Answer cut = client.ask(get("/throws-mid-stream"));
  EXPECT_EQ(cut.status, 200u);
  EXPECT_FALSE(cut.whole);
  EXPECT_TRUE(client.at_end());
}

TEST(Server, TheHookSeesEveryRequestBeforeItsBody) {
  std::atomic<int> seen = 0;
  const Middleware hook = [&seen](Exchange& exchange) -> Task<bool> {
    ++seen;
    exchange.response_headers().set("x-request-id", "req_" + std::to_string(seen));
    exchange.response_headers().set("content-type", "overridden");
    EXPECT_TRUE(exchange.request().body.empty());
    if (exchange.request().headers.get("authorization") == "Bearer good") co_return true;
    Response response = text("who are you?", 401);
    co_await exchange.respond(std::move(response));
    co_return false;
  };
  const auto server = testing::serve(example_router(), testing::test_options(), hook);
  RawClient client(server->port());
  const Answer refused = client.ask(post("/echo", "secret"));
  EXPECT_EQ(refused.status, 401u);
  EXPECT_EQ(refused.headers.get("x-request-id"), "req_1");
  EXPECT_EQ(refused.headers.get("content-type"), "text/plain");
  const Answer nowhere = client.ask(get("/nowhere", "Authorization: Bearer good\r\n"));
  EXPECT_EQ(nowhere.status, 404u);
  EXPECT_EQ(nowhere.headers.get("x-request-id"), "req_2");
  const Answer good = client.ask(post("/echo", "body", "Authorization: Bearer good\r\n"));
  EXPECT_EQ(good.body, "body");
  EXPECT_EQ(seen, 3);
}

TEST(Server, LateRequestsAreToldSo) {
  Options options = testing::test_options();
  options.limits.header_timeout = std::chrono::milliseconds(30);
  options.limits.body_timeout = std::chrono::milliseconds(30);
  const auto server = testing::serve(example_router(), options);
  EXPECT_EQ(RawClient(server->port()).ask("GET /hello HTTP/1.1\r\nHo").status, 408u);
  EXPECT_EQ(RawClient(server->port()).ask("\r\n").status, 408u);
  RawClient slow(server->port());
  const Answer answer = slow.ask("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_EQ(answer.status, 408u);
  EXPECT_EQ(answer.headers.get("x-request-known"), "yes");
  EXPECT_EQ(answer.headers.get("connection"), "close");
}

TEST(Server, IdleConnectionsAreClosedWithoutAWord) {
  Options options = testing::test_options();
  options.limits.idle_timeout = std::chrono::milliseconds(30);
  const auto server = testing::serve(example_router(), options);
  RawClient fresh(server->port());
  RawClient used(server->port());
  EXPECT_EQ(used.ask(get("/hello")).body, "hello");
  EXPECT_TRUE(fresh.at_end());
  EXPECT_TRUE(used.at_end());
}

TEST(Server, BoundsTheBytesOfAllBodies) {
  Options options = testing::test_options();
  options.limits.max_buffered_body_bytes = 1000;
  Event release;
  Event holding;
  Router router = example_router();
  router.add("POST", "/hold", [&](Exchange& exchange) -> Task<void> {
    holding.set();
    co_await exchange.offload([&release] { release.wait(); });
    co_await echo(exchange);
  });
  const auto server = testing::serve(std::move(router), options);
  RawClient holder(server->port());
  const std::string half(600, 'x');
  holder.send(post("/hold", half));
  ASSERT_TRUE(holding.wait());
  EXPECT_EQ(RawClient(server->port()).ask(post("/echo", half)).status, 503u);
  release.set();
  EXPECT_EQ(holder.receive().body, half);
  EXPECT_EQ(holder.ask(post("/echo", half)).body, half);
}

TEST(Server, TurnsConnectionsOverTheLimitAway) {
  Options options = testing::test_options();
  options.limits.max_connections = 2;
  const auto server = testing::serve(example_router(), options);
  RawClient first(server->port());
  RawClient second(server->port());
  EXPECT_EQ(first.ask(get("/hello")).body, "hello");
  EXPECT_EQ(second.ask(get("/hello")).body, "hello");
  RawClient third(server->port());
  const Answer answer = third.ask(get("/hello"));
  EXPECT_EQ(answer.status, 503u);
  EXPECT_TRUE(answer.body.starts_with("rendered: "));
  EXPECT_EQ(answer.headers.get("connection"), "close");
}

// Accepting fails while the process has no file descriptor left, and goes on when it has.
TEST(Server, SurvivesALackOfDescriptors) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(undefined_behavior_sanitizer)
  GTEST_SKIP() << "the sanitizer's own look at memory needs a descriptor (it opens a pipe)";
#endif
#endif
  Options options = testing::test_options();
  options.io_threads = 1;
  const auto server = testing::serve(example_router(), options);
  RawClient open(server->port());
  EXPECT_EQ(open.ask(get("/hello")).body, "hello");
  RawClient client;
  const int first_free = ::dup(STDERR_FILENO);
  ASSERT_GE(first_free, 0);
  ::close(first_free);
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &usual), 0);
  rlimit none_left = usual;
  none_left.rlim_cur = static_cast<rlim_t>(first_free);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none_left), 0);
  client.connect(server->port());
  client.send(get("/hello"));
  EXPECT_EQ(open.ask(get("/hello")).body, "hello");  // the one io thread has tried to accept before
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
  EXPECT_EQ(client.receive().body, "hello");
}

TEST(Server, ServesTwoHundredConnectionsAtOnce) {
  constexpr int kConnections = 200;
  constexpr int kRounds = 5;
  const auto server = testing::serve(example_router());
  std::vector<RawClient> clients;
  clients.reserve(kConnections);
  for (int i = 0; i < kConnections; ++i) clients.emplace_back(server->port());
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < kConnections; ++i) {
      clients[static_cast<std::size_t>(i)].send(post("/echo", std::to_string(i * kRounds + round)));
    }
    for (int i = 0; i < kConnections; ++i) {
      EXPECT_EQ(clients[static_cast<std::size_t>(i)].receive().body, std::to_string(i * kRounds + round));
    }
  }
}

TEST(Server, ListensOnIpv6) {
  Options options = testing::test_options();
  options.host = "::1";
  const auto probe = Server::start(options, Router());
  if (!probe) GTEST_SKIP() << "no IPv6 loopback here: " << probe.error().text();
  EXPECT_GT((*probe)->port(), 0);
}

TEST(Server, TellsIpv4ClientsOfADualSocketByTheirOwnAddress) {
  Options options = testing::test_options();
  options.host = "[::]";
  auto server = Server::start(options, example_router());
  if (!server) GTEST_SKIP() << "no IPv6 here: " << server.error().text();
  const Answer answer = RawClient((*server)->port()).ask(get("/describe/x"));
  EXPECT_TRUE(answer.body.ends_with(" from 127.0.0.1")) << answer.body;
}

TEST(Server, SaysWhyItCannotStart) {
  const auto running = testing::serve(example_router());
  Options options = testing::test_options();
  options.port = running->port();
  const auto taken = Server::start(options, Router());
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(taken.error().where, "127.0.0.1:" + std::to_string(options.port));
  EXPECT_NE(taken.error().message.find("choose another port"), std::string::npos);

  options.port = 0;
  options.host = "192.0.2.1";
  const auto foreign = Server::start(options, Router());
  ASSERT_FALSE(foreign.has_value());
  EXPECT_EQ(foreign.error().code, ErrorCode::kInvalidArgument);

  options.host = "not a host";
  const auto nonsense = Server::start(options, Router());
  ASSERT_FALSE(nonsense.has_value());
  EXPECT_EQ(nonsense.error().where, "not a host");

  Router broken;
  broken.add("GET", "no-slash", hello);
  const auto routes = Server::start(testing::test_options(), std::move(broken));
  ASSERT_FALSE(routes.has_value());
  EXPECT_EQ(routes.error().where, "no-slash");
}

TEST(Server, WorksWithoutARenderer) {
  auto server = Server::start(testing::test_options(), Router());
  ASSERT_TRUE(server.has_value());
  const Answer answer = RawClient((*server)->port()).ask(get("/x"));
  EXPECT_EQ(answer.status, 404u);
  EXPECT_EQ(answer.body, "There is no such path here.\n");
}

}  // namespace
}  // namespace peregrine::http
