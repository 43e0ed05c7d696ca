// What the observer hears of requests, and the end of those that take too long.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "base/log.h"
#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Answer;
using testing::Event;
using testing::get;
using testing::kPatience;
using testing::RawClient;

struct Heard {
  std::string path;  // "?" for a request that was not understood
  std::string mark;  // a header of the answer
  Outcome outcome;
};

// An observer that remembers, for another thread to look.
class Ears {
 public:
  Observer observer() {
    return [this](Exchange* exchange, const Headers& answer, const Outcome& outcome) {
      const std::lock_guard lock(mutex_);
      heard_.push_back({exchange == nullptr ? "?" : exchange->request().path,
                        std::string(answer.get("x-request-known")), outcome});
      changed_.notify_all();
    };
  }
  // The first `count` things heard.
  std::vector<Heard> wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, kPatience, [&] { return heard_.size() >= count; }));
    return heard_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Heard> heard_;
};

std::unique_ptr<Server> serve(Router router, Ears& ears, Options options = testing::test_options()) {
  auto server =
      Server::start(std::move(options), std::move(router), testing::render_plainly, {}, ears.observer());
  EXPECT_TRUE(server.has_value());
  return server ? std::move(*server) : nullptr;
}

TEST(Observer, HearsOfEveryRequestOnceWhenItIsOver) {
  Ears ears;
  Router router;
  router.add("GET", "/hello", testing::hello);
  router.add("GET", "/throws", [](Exchange&) -> Task<void> {
    throw std::runtime_error("no");
    co_return;
  });
  router.add("GET", "/stream", [](Exchange& exchange) -> Task<void> {
    Headers headers;
    co_await exchange.begin_stream(200, std::move(headers));
    co_await exchange.write("x");
    co_await exchange.end_stream();
  });
  router.add("GET", "/cut", [](Exchange& exchange) -> Task<void> {
    Headers headers;
    co_await exchange.begin_stream(200, std::move(headers));
  });
  const auto server = serve(std::move(router), ears);
  const struct {
    const char* path;
    unsigned status;
    bool whole;
  } kRows[] = {{"/hello", 200, true},
               {"/nowhere", 404, true},
               {"/throws", 500, true},
               {"/stream", 200, true},
               {"/cut", 200, false}};
  RawClient client(server->port());
  for (const auto& row : kRows) client.ask(get(row.path));
  RawClient nonsense(server->port());
  nonsense.send("NONSENSE\r\n\r\n");
  EXPECT_EQ(nonsense.receive().status, 400u);

  const std::vector<Heard> heard = ears.wait(std::size(kRows) + 1);
  ASSERT_EQ(heard.size(), std::size(kRows) + 1);
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    EXPECT_EQ(heard[i].path, kRows[i].path);
    EXPECT_EQ(heard[i].outcome.status, kRows[i].status) << kRows[i].path;
    EXPECT_EQ(heard[i].outcome.whole, kRows[i].whole) << kRows[i].path;
    EXPECT_GT(heard[i].outcome.to_first_byte.count(), 0);
    EXPECT_GE(heard[i].outcome.duration, heard[i].outcome.to_first_byte);
  }
  EXPECT_EQ(heard.back().path, "?");
  EXPECT_EQ(heard.back().mark, "no");
  EXPECT_EQ(heard.back().outcome.status, 400u);
}

TEST(Observer, HearsOfAClientThatLeftBeforeItsAnswer) {
  Ears ears;
  Event waiting;
  Router router;
  router.add("GET", "/wait", [&](Exchange& exchange) -> Task<void> {
    const auto signal = exchange.make_signal();
    waiting.set();
    co_await exchange.wait(*signal);
  });
  const auto server = serve(std::move(router), ears);
  RawClient client(server->port());
  client.send(get("/wait"));
  ASSERT_TRUE(waiting.wait());
  client.close();
  const std::vector<Heard> heard = ears.wait(1);
  EXPECT_EQ(heard.front().outcome.status, 0u);
  EXPECT_FALSE(heard.front().outcome.whole);
}

TEST(RequestTimeout, EndsWhateverTheRequestWaitsFor) {
  Ears ears;
  std::atomic<bool> left = false;
  Router router;
  router.add("GET", "/hello", testing::hello);
  router.add("GET", "/wait", [&](Exchange& exchange) -> Task<void> {
    const auto signal = exchange.make_signal();
    co_await exchange.wait(*signal);
    left = exchange.disconnected();
  });
  router.add("GET", "/endless", [](Exchange& exchange) -> Task<void> {
    Headers headers;
    bool there = co_await exchange.begin_stream(200, std::move(headers));
    while (there) there = co_await exchange.write("again and again");
  });
  Options options = testing::test_options();
  options.limits.request_timeout = std::chrono::milliseconds(50);
  const auto server = serve(std::move(router), ears, options);
  for (const char* path : {"/wait", "/endless"}) {
    RawClient client(server->port());
    EXPECT_EQ(client.ask(get("/hello")).body, "hello");
    const Answer answer = client.ask(get(path));
    EXPECT_FALSE(answer.whole) << path;
    EXPECT_TRUE(client.at_end()) << path;
  }
  EXPECT_EQ(ears.wait(4).size(), 4u);
  EXPECT_TRUE(left);
}

// What the log has of a request carries the id that the hook gave to it, wherever it is written.
TEST(LogId, MarksLinesOfHandlersAndOfOffloadedWork) {
  Ears ears;
  Router router;
  router.add("GET", "/work", [](Exchange& exchange) -> Task<void> {
    const auto work = [] { base::log(base::LogLevel::kWarning, "from a worker"); };
    co_await exchange.offload(work);
    throw std::runtime_error("and then");
  });
  auto server = Server::start(
      testing::test_options(), std::move(router), testing::render_plainly,
      [](Exchange& exchange) -> Task<bool> {
        exchange.set_log_id("req_7");
        co_return true;
      },
      ears.observer());
  ASSERT_TRUE(server);
  ::testing::internal::CaptureStderr();
  RawClient client((*server)->port());
  EXPECT_EQ(client.ask(get("/work")).status, 500u);
  ears.wait(1);
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(text.find("from a worker request_id=req_7\n"), std::string::npos) << text;
  EXPECT_NE(text.find("http: the handler threw: and then request_id=req_7\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace peregrine::http
