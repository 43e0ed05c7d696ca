// A peer that goes is noticed while the handler only waits, whatever it sent before.
#include <atomic>
#include <functional>
#include <stdexcept>

#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Event;
using testing::get;
using testing::RawClient;

struct Watched {
  Event started;
  Event callback;
  Event returned;
  std::atomic<int> callbacks = 0;
  std::atomic<bool> was_disconnected = false;

  Router router() {
    Router made;
    made.add("GET", "/wait", [this](Exchange& exchange) -> Task<void> {
      const auto signal = exchange.make_signal();
      exchange.on_disconnect([this] {
        ++callbacks;
        callback.set();
      });
      started.set();
      co_await exchange.wait(*signal);
      was_disconnected = exchange.disconnected();
      // Registered too late: runs at once.
      int late = 0;
      exchange.on_disconnect([&late] { ++late; });
      EXPECT_EQ(late, 1);
      Headers headers;
      const bool streaming = co_await exchange.begin_stream(200, std::move(headers));
      EXPECT_FALSE(streaming);
      returned.set();
    });
    return made;
  }
};

TEST(Disconnect, IsNoticedHoweverThePeerGoes) {
  struct Row {
    std::string_view name;
    std::function<void(RawClient&)> go;
  };
  const Row rows[] = {
      {"close", [](RawClient& client) { client.close(); }},
      {"reset", [](RawClient& client) { client.reset(); }},
      {"half-close", [](RawClient& client) { client.finish_sending(); }},
      {"close after a pipelined request",
       [](RawClient& client) {
         client.send(get("/wait"));
         client.close();
       }},
      {"half-close after more than the input holds",
       [](RawClient& client) {
         client.send(std::string(100'000, 'x'));  // and less than the kernel does, or no FIN comes through
         client.finish_sending();
       }},
      {"reset after more than the input holds",
       [](RawClient& client) {
         client.send(std::string(200'000, 'x'));
         client.reset();
       }},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Watched watched;
    const auto server = testing::serve(watched.router());
    RawClient client(server->port());
    client.send(get("/wait"));
    ASSERT_TRUE(watched.started.wait());
    row.go(client);
    EXPECT_TRUE(watched.callback.wait());
    EXPECT_TRUE(watched.returned.wait());
    EXPECT_TRUE(watched.was_disconnected);
    client.close();
    EXPECT_TRUE(server->drain(testing::kPatience));
    EXPECT_EQ(watched.callbacks, 1);
  }
}

TEST(Disconnect, DoesNotReachAFinishedExchange) {
  std::atomic<int> callbacks = 0;
  Router router;
  router.add("GET", "/quick", [&callbacks](Exchange& exchange) -> Task<void> {
    exchange.on_disconnect([&callbacks] { ++callbacks; });
    Response response = testing::text("quick");
    co_await exchange.respond(std::move(response));
  });
  const auto server = testing::serve(std::move(router));
  {
    RawClient client(server->port());
    EXPECT_EQ(client.ask(get("/quick")).body, "quick");
    EXPECT_EQ(client.ask(get("/quick")).body, "quick");
  }
  server->stop();
  EXPECT_EQ(callbacks, 0);
}

// The handler is over, its answer is still being sent, and what its callback refers to is gone.
TEST(Disconnect, DoesNotReachAHandlerThatThrew) {
  std::atomic<int> callbacks = 0;
  Router router;
  router.add("GET", "/throws", [&callbacks](Exchange& exchange) -> Task<void> {
    exchange.on_disconnect([&callbacks] { ++callbacks; });
    throw std::runtime_error("on purpose");
    co_return;
  });
  const ErrorRenderer render_much = [](ProtocolError, std::string_view, const Request*) {
    return testing::text(std::string(32 << 20, 'x'), 500);
  };
  auto server = Server::start(testing::test_options(), std::move(router), render_much);
  ASSERT_TRUE(server.has_value());
  RawClient client((*server)->port());
  client.send(get("/throws"));
  EXPECT_EQ(client.head().status, 500u);
  client.reset();
  (*server)->stop();
  EXPECT_EQ(callbacks, 0);
}

TEST(Disconnect, WatchingConsumesNothing) {
  std::shared_ptr<Signal> signal;
  Event waiting;
  Router router;
  router.add("GET", "/first", [&](Exchange& exchange) -> Task<void> {
    signal = exchange.make_signal();
    waiting.set();
    co_await exchange.wait(*signal);
    Response response = testing::text(exchange.disconnected() ? "gone" : "there");
    co_await exchange.respond(std::move(response));
  });
  router.add("POST", "/second", testing::echo);
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  client.send(get("/first"));
  ASSERT_TRUE(waiting.wait());
  const std::string body(300'000, 'b');  // more than is read ahead
  std::thread sender([&] { client.send(testing::post("/second", body)); });
  signal->notify();
  EXPECT_EQ(client.receive().body, "there");
  EXPECT_TRUE(client.receive().body == body);
  sender.join();
}

TEST(Disconnect, AHalfClosedClientStillGetsAnAnswer) {
  Router router;
  router.add("GET", "/x", testing::hello);
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  client.send(get("/x") + get("/x"));
  client.finish_sending();
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_TRUE(client.at_end());
}

TEST(Disconnect, OffloadedWorkIsAwaited) {
  Event in_worker;
  Event release;
  Event returned;
  Router router;
  router.add("GET", "/work", [&](Exchange& exchange) -> Task<void> {
    std::string local = "alive";
    const std::string seen = co_await exchange.offload([&] {
      in_worker.set();
      release.wait();
      return local;
    });
    EXPECT_EQ(seen, "alive");
    EXPECT_TRUE(exchange.disconnected());
    returned.set();
  });
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  client.send(get("/work"));
  ASSERT_TRUE(in_worker.wait());
  client.reset();
  EXPECT_FALSE(returned.is_set());
  release.set();
  EXPECT_TRUE(returned.wait());
}

}  // namespace
}  // namespace peregrine::http
