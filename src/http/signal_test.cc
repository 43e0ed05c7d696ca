// Wake-ups from other threads: none lost, none needed by the dead. And what offload() brings back.
#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Event;
using testing::get;
using testing::RawClient;

// Each producer waits until its last item was taken before it brings the next, so that one lost wake-up
// stops the test.
TEST(Signal, NoWakeUpIsLost) {
  constexpr int kProducers = 4;
  constexpr int kItems = 2000;
  std::shared_ptr<Signal> signal;
  std::atomic<int> brought[kProducers] = {};
  std::atomic<int> taken[kProducers] = {};
  Event ready;
  Router router;
  router.add("GET", "/take", [&](Exchange& exchange) -> Task<void> {
    signal = exchange.make_signal();
    ready.set();
    int total = 0;
    while (total < kProducers * kItems && !exchange.disconnected()) {
      co_await exchange.wait(*signal);
      for (int p = 0; p < kProducers; ++p) {
        const int there = brought[p].load();
        total += there - taken[p].load();
        taken[p].store(there);
        taken[p].notify_all();
      }
    }
    for (std::atomic<int>& count : taken) {
      count.store(kItems);  // lets the producers go also when this gave up
      count.notify_all();
    }
    Response response = testing::text(std::to_string(total));
    co_await exchange.respond(std::move(response));
  });
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  client.send(get("/take"));
  ASSERT_TRUE(ready.wait());
  std::vector<std::thread> producers;
  producers.reserve(kProducers);
  for (int p = 0; p < kProducers; ++p) {
    producers.emplace_back([&, p] {
      for (int item = 0; item < kItems; ++item) {
        ++brought[p];
        signal->notify();
        // A second notify for nothing must not hide the next one.
        if (item % 3 == 0) signal->notify();
        for (int now = taken[p]; now <= item; now = taken[p]) taken[p].wait(now);
      }
    });
  }
  EXPECT_EQ(client.receive().body, std::to_string(kProducers * kItems));
  client.close();
  for (std::thread& producer : producers) producer.join();
}

TEST(Signal, OutlivesExchangeAndServer) {
  std::vector<std::shared_ptr<Signal>> signals;
  Router router;
  router.add("GET", "/quick", [&signals](Exchange& exchange) -> Task<void> {
    signals.push_back(exchange.make_signal());
    Response response = testing::text("quick");
    co_await exchange.respond(std::move(response));
  });
  auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  EXPECT_EQ(client.ask(get("/quick")).body, "quick");
  EXPECT_EQ(client.ask(get("/quick")).body, "quick");
  signals[0]->notify();
  server.reset();
  ASSERT_EQ(signals.size(), 2u);
  signals[1]->notify();
}

TEST(Signal, MayBeNotifiedWhileExchangesEnd) {
  std::mutex mutex;
  std::vector<std::shared_ptr<Signal>> signals;
  Router router;
  router.add("GET", "/quick", [&](Exchange& exchange) -> Task<void> {
    {
      const std::lock_guard lock(mutex);
      signals.push_back(exchange.make_signal());
    }
    Response response = testing::text("quick");
    co_await exchange.respond(std::move(response));
  });
  const auto server = testing::serve(std::move(router));
  Event stop;
  std::thread notifier([&] {
    while (!stop.is_set()) {
      const std::lock_guard lock(mutex);
      for (const auto& signal : signals) signal->notify();
      if (signals.size() > 8) signals.clear();
    }
  });
  for (int i = 0; i < 50; ++i) {
    RawClient client(server->port());
    for (int j = 0; j < 10; ++j) ASSERT_EQ(client.ask(get("/quick")).body, "quick");
  }
  stop.set();
  notifier.join();
}

TEST(Signal, WaitForTellsTimeFromNotification) {
  Router router;
  router.add("GET", "/wait", [](Exchange& exchange) -> Task<void> {
    const auto signal = exchange.make_signal();
    std::string out;
    const bool timed_out = !co_await exchange.wait_for(*signal, std::chrono::milliseconds(1));
    out += timed_out ? "late " : "early ";
    signal->notify();
    const bool notified = co_await exchange.wait_for(*signal, testing::kPatience);
    out += notified ? "notified " : "late ";
    const bool again = co_await exchange.wait_for(*signal, std::chrono::milliseconds(0));
    out += again ? "again" : "once";
    Response response = testing::text(std::move(out));
    co_await exchange.respond(std::move(response));
  });
  const auto server = testing::serve(std::move(router));
  EXPECT_EQ(RawClient(server->port()).ask(get("/wait")).body, "late notified once");
}

TEST(Offload, BringsValuesAndExceptionsBack) {
  Router router;
  router.add("GET", "/offload", [](Exchange& exchange) -> Task<void> {
    auto moved = std::make_unique<int>(20);
    auto add = [owned = std::move(moved)]() mutable { return std::make_unique<int>(*owned + 22); };
    const std::unique_ptr<int> value = co_await exchange.offload(add);
    int side = 0;
    co_await exchange.offload([&side] { side = 1; });
    std::string caught;
    try {
      co_await exchange.offload([]() -> int { throw std::runtime_error("from the worker"); });
    } catch (const std::runtime_error& error) {
      caught = error.what();
    }
    Response response = testing::text(std::to_string(*value) + std::to_string(side) + " " + caught);
    co_await exchange.respond(std::move(response));
  });
  const auto server = testing::serve(std::move(router));
  EXPECT_EQ(RawClient(server->port()).ask(get("/offload")).body, "421 from the worker");
}

// With one io thread, a request is answered while another one's work blocks a worker.
TEST(Offload, DoesNotHoldTheIoThread) {
  Event blocked;
  Event release;
  Router router;
  router.add("GET", "/slow", [&](Exchange& exchange) -> Task<void> {
    co_await exchange.offload([&] {
      blocked.set();
      release.wait();
    });
    Response response = testing::text("slow");
    co_await exchange.respond(std::move(response));
  });
  router.add("GET", "/fast", testing::hello);
  Options options = testing::test_options();
  options.io_threads = 1;
  const auto server = testing::serve(std::move(router), options);
  RawClient slow(server->port());
  slow.send(get("/slow"));
  ASSERT_TRUE(blocked.wait());
  EXPECT_EQ(server->active_requests(), 1u);
  EXPECT_EQ(RawClient(server->port()).ask(get("/fast")).body, "hello");
  release.set();
  EXPECT_EQ(slow.receive().body, "slow");
}

}  // namespace
}  // namespace peregrine::http
