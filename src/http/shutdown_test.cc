// Ending a server: what drains, what is cut, and that nothing hangs or leaks.
#include <atomic>
#include <future>

#include "http/test_support.h"

namespace peregrine::http {
namespace {

using std::chrono::milliseconds;
using testing::Answer;
using testing::Event;
using testing::get;
using testing::RawClient;

struct Waiting {
  std::shared_ptr<Signal> signal;
  Event started;
  std::atomic<int> returned = 0;

  Router router() {
    Router made;
    made.add("GET", "/stream", [this](Exchange& exchange) -> Task<void> {
      signal = exchange.make_signal();
      Headers headers;
      co_await exchange.begin_stream(200, std::move(headers));
      started.set();
      co_await exchange.wait(*signal);
      co_await exchange.write("last words");
      co_await exchange.end_stream();
      ++returned;
    });
    made.add("GET", "/late", [this](Exchange& exchange) -> Task<void> {
      signal = exchange.make_signal();
      started.set();
      co_await exchange.wait(*signal);
      Response response = testing::text("late");
      co_await exchange.respond(std::move(response));
      ++returned;
    });
    made.add("GET", "/hello", testing::hello);
    return made;
  }
};

TEST(Shutdown, DrainWaitsForARunningStream) {
  Waiting waiting;
  const auto server = testing::serve(waiting.router());
  RawClient idle(server->port());
  EXPECT_EQ(idle.ask(get("/hello")).body, "hello");
  RawClient stream(server->port());
  stream.send(get("/stream"));
  ASSERT_TRUE(waiting.started.wait());
  EXPECT_EQ(server->active_requests(), 1u);
  EXPECT_FALSE(server->drain(milliseconds(1)));

  auto drained = std::async(std::launch::async, [&] { return server->drain(testing::kPatience); });
  EXPECT_TRUE(idle.at_end());
  EXPECT_FALSE(RawClient(server->port()).connected());
  waiting.signal->notify();
  const Answer answer = stream.receive();
  EXPECT_EQ(answer.body, "last words");
  EXPECT_TRUE(answer.whole);
  EXPECT_TRUE(drained.get());
  EXPECT_EQ(server->active_requests(), 0u);
  EXPECT_TRUE(stream.at_end());
}

TEST(Shutdown, AnswersGivenWhileDrainingCloseTheConnection) {
  Waiting waiting;
  const auto server = testing::serve(waiting.router());
  RawClient client(server->port());
  client.send(get("/late") + get("/hello"));
  ASSERT_TRUE(waiting.started.wait());
  EXPECT_FALSE(server->drain(milliseconds(1)));
  waiting.signal->notify();
  const Answer answer = client.receive();
  EXPECT_EQ(answer.body, "late");
  EXPECT_EQ(answer.headers.get("connection"), "close");
  EXPECT_TRUE(client.at_end());
  EXPECT_TRUE(server->drain(testing::kPatience));
}

TEST(Shutdown, StopAcceptingLeavesOpenConnectionsAlone) {
  Waiting waiting;
  const auto server = testing::serve(waiting.router());
  RawClient client(server->port());
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
  server->stop_accepting();
  server->stop_accepting();
  EXPECT_FALSE(RawClient(server->port()).connected());
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
}

TEST(Shutdown, StopCutsHandlersThatWait) {
  Waiting waiting;
  const auto server = testing::serve(waiting.router());
  RawClient stream(server->port());
  stream.send(get("/stream"));
  ASSERT_TRUE(waiting.started.wait());
  RawClient half(server->port());
  half.send("GET /hello HT");
  server->stop();
  EXPECT_EQ(waiting.returned, 1);
  EXPECT_FALSE(stream.receive().whole);
  server->stop();
  server->stop_accepting();
  EXPECT_TRUE(server->drain(milliseconds(1)));
  waiting.signal->notify();
}

TEST(Shutdown, StopWaitsForOffloadedWork) {
  Event working;
  Event release;
  std::atomic<bool> done = false;
  Router router;
  router.add("GET", "/work", [&](Exchange& exchange) -> Task<void> {
    co_await exchange.offload([&] {
      working.set();
      release.wait();
      done = true;
    });
  });
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  client.send(get("/work"));
  ASSERT_TRUE(working.wait());
  auto stopped = std::async(std::launch::async, [&] { server->stop(); });
  EXPECT_TRUE(client.at_end());
  release.set();
  stopped.get();
  EXPECT_TRUE(done);
}

TEST(Shutdown, AHandlerThatNeverReturnsIsGivenUp) {
  std::shared_ptr<Signal> signal;
  Event started;
  const auto tracked = std::make_shared<int>(0);
  Router router;
  router.add("GET", "/stubborn", [&started, &signal, tracked](Exchange& exchange) -> Task<void> {
    const auto held = tracked;
    signal = exchange.make_signal();
    started.set();
    for (;;) {
      co_await exchange.wait(*signal);
      *held = 1;
    }
  });
  Options options = testing::test_options();
  options.io_threads = 1;
  options.stop_grace = milliseconds(20);
  auto server = testing::serve(std::move(router), options);
  RawClient client(server->port());
  client.send(get("/stubborn"));
  ASSERT_TRUE(started.wait());
  server->stop();
  signal->notify();
  server.reset();
  signal->notify();
  EXPECT_EQ(tracked.use_count(), 1);
}

}  // namespace
}  // namespace peregrine::http
