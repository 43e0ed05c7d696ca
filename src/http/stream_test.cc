// Streams and large answers: framing, flushing, and a reader that is slow or not there.
#include <atomic>
#include <chrono>
#include <thread>

#include "http/sse.h"
#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Answer;
using testing::Event;
using testing::get;
using testing::RawClient;

TEST(Stream, IsChunkedAndEndsWhole) {
  Router router;
  router.add("GET", "/s", [](Exchange& exchange) -> Task<void> {
    exchange.response_headers().set("x-request-id", "req_1");
    Headers headers;
    headers.set("content-type", "text/event-stream");
    const bool there = co_await exchange.begin_stream(200, std::move(headers));
    EXPECT_TRUE(there && exchange.responded());
    const std::string event = sse_event("one");
    co_await exchange.write(event);
    co_await exchange.write("");
    co_await exchange.write("data: [DONE]\n\n");
    co_await exchange.end_stream();
    const bool after = co_await exchange.write("too late");
    EXPECT_FALSE(after);
  });
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  for (int round = 0; round < 2; ++round) {
    const Answer answer = client.ask(get("/s"));
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.headers.get("content-type"), "text/event-stream");
    EXPECT_EQ(answer.headers.get("x-request-id"), "req_1");
    EXPECT_EQ(answer.body, "data: one\n\ndata: [DONE]\n\n");
    EXPECT_TRUE(answer.whole);
  }
  client.send("HEAD /s HTTP/1.1\r\nHost: t\r\n\r\n" + get("/s"));
  EXPECT_EQ(client.receive(true).headers.get("transfer-encoding"), "chunked");
  EXPECT_EQ(client.receive().body, "data: one\n\ndata: [DONE]\n\n");
  const Answer old = client.ask("GET /s HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(old.headers.get("transfer-encoding"), "");
  EXPECT_EQ(old.headers.get("connection"), "close");
  EXPECT_EQ(old.body, "data: one\n\ndata: [DONE]\n\n");
}

TEST(Stream, EveryWriteIsSentAtOnce) {
  std::shared_ptr<Signal> signal;
  Event ready;
  Router router;
  router.add("GET", "/s", [&](Exchange& exchange) -> Task<void> {
    signal = exchange.make_signal();
    ready.set();
    Headers headers;
    co_await exchange.begin_stream(200, std::move(headers));
    co_await exchange.wait(*signal);
    co_await exchange.write("first");
    co_await exchange.wait(*signal);
    co_await exchange.end_stream();
  });
  const auto server = testing::serve(std::move(router));
  RawClient client(server->port());
  client.send(get("/s"));
  ASSERT_TRUE(ready.wait());
  EXPECT_EQ(client.head().status, 200u);
  signal->notify();
  EXPECT_EQ(client.chunk(), "first");
  signal->notify();
  EXPECT_EQ(client.chunk(), "");
}

constexpr std::size_t kPiece = 16 * 1024;
constexpr std::size_t kPieces = 2048;  // 32 MiB
// Socket buffers of both sides (the kernel doubles what is asked for and adds its own), and a piece under
// way.
constexpr std::size_t kMostUnderWay = 2 << 20;

Options small_buffers() {
  Options options = testing::test_options();
  options.limits.send_buffer_bytes = 64 * 1024;
  return options;
}

// Writes until the peer is gone or all is written; counts what write() returned for.
Router writer(std::atomic<std::size_t>& written, Event& over) {
  Router router;
  router.add("GET", "/much", [&written, &over](Exchange& exchange) -> Task<void> {
    const std::string piece(kPiece, 'x');
    Headers headers;
    bool there = co_await exchange.begin_stream(200, std::move(headers));
    for (std::size_t i = 0; there && i < kPieces; ++i) {
      there = co_await exchange.write(piece);
      if (there) written += kPiece;
    }
    if (there) co_await exchange.end_stream();
    over.set();
  });
  return router;
}

TEST(Stream, WritesWaitForTheReader) {
  std::atomic<std::size_t> written = 0;
  Event over;
  const auto server = testing::serve(writer(written, over), small_buffers());
  RawClient client(server->port(), 64 * 1024);
  client.send(get("/much"));
  EXPECT_EQ(client.head().status, 200u);
  std::size_t read = 0;
  for (std::string data = client.chunk(); !data.empty(); data = client.chunk()) {
    read += data.size();
    ASSERT_LE(written.load(), read + kMostUnderWay);
  }
  EXPECT_EQ(read, kPiece * kPieces);
  EXPECT_TRUE(over.wait());
}

TEST(Stream, AReaderThatNeverReadsIsGivenUp) {
  std::atomic<std::size_t> written = 0;
  Event over;
  Options options = small_buffers();
  options.limits.write_timeout = std::chrono::milliseconds(50);
  const auto server = testing::serve(writer(written, over), options);
  RawClient client(server->port(), 64 * 1024);
  client.send(get("/much"));
  ASSERT_TRUE(over.wait());
  EXPECT_GT(written.load(), 0u);
  EXPECT_LE(written.load(), kMostUnderWay);
}

// Takes all that is there, again and again, with a pause that is no more than a reader's pace. Every wait for
// it is short; together they are not.
TEST(Stream, AReaderThatIsAlwaysALittleLateIsGivenUp) {
  std::atomic<std::size_t> written = 0;
  Event over;
  Options options = small_buffers();
  options.limits.write_timeout = std::chrono::milliseconds(200);
  options.limits.progress_bytes = kPiece * kPieces;
  const auto server = testing::serve(writer(written, over), options);
  RawClient client(server->port(), 64 * 1024);
  client.send(get("/much"));
  std::thread reader([&] {
    while (!over.is_set() && client.fill(64 * 1024)) {
      client.take(64 * 1024);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  EXPECT_TRUE(over.wait());
  reader.join();
  EXPECT_GT(written.load(), 0u);
  EXPECT_LT(written.load(), kPiece * kPieces);
}

// What the server takes between two writes is not the reader's time.
TEST(Stream, ASlowServerAsksNothingOfItsReader) {
  Router router;
  router.add("GET", "/s", [](Exchange& exchange) -> Task<void> {
    Headers headers;
    bool there = co_await exchange.begin_stream(200, std::move(headers));
    for (int i = 0; there && i < 4; ++i) {
      co_await exchange.offload([] { std::this_thread::sleep_for(std::chrono::milliseconds(30)); });
      there = co_await exchange.write("x");
    }
    co_await exchange.end_stream();
  });
  Options options = small_buffers();
  options.limits.write_timeout = std::chrono::milliseconds(10);
  const auto server = testing::serve(std::move(router), options);
  const Answer answer = RawClient(server->port()).ask(get("/s"));
  EXPECT_EQ(answer.body, "xxxx");
  EXPECT_TRUE(answer.whole);
}

TEST(Stream, LargeAnswersArriveWhole) {
  std::string body(20 << 20, ' ');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 7 + i / 251);
  Router router;
  router.add("GET", "/large", [&body](Exchange& exchange) -> Task<void> {
    Response response = testing::text(body);
    co_await exchange.respond(std::move(response));
  });
  const auto server = testing::serve(std::move(router), small_buffers());
  RawClient client(server->port());
  const Answer answer = client.ask(get("/large"));
  EXPECT_TRUE(answer.whole);
  EXPECT_TRUE(answer.body == body);
}

// A reader of a large answer must not keep others on the same io thread waiting.
TEST(Stream, AnEndlessWriterLeavesRoomForOthers) {
  std::atomic<std::size_t> written = 0;
  Event over;
  Router router = writer(written, over);
  router.add("GET", "/endless", [](Exchange& exchange) -> Task<void> {
    const std::string piece(kPiece, 'x');
    Headers headers;
    bool there = co_await exchange.begin_stream(200, std::move(headers));
    while (there) there = co_await exchange.write(piece);
  });
  router.add("GET", "/hello", testing::hello);
  Options options = testing::test_options();
  options.io_threads = 1;
  const auto server = testing::serve(std::move(router), options);
  RawClient endless(server->port());
  endless.send(get("/endless"));
  Event stop;
  std::thread reader([&] {
    while (!stop.is_set() && endless.fill(1 << 18)) endless.take(1 << 18);
  });
  for (int i = 0; i < 20; ++i) EXPECT_EQ(RawClient(server->port()).ask(get("/hello")).body, "hello");
  stop.set();
  reader.join();
}

}  // namespace
}  // namespace peregrine::http
