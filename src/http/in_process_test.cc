// The program's own requests: the handlers that answer clients answer these.
#include "http/in_process.h"

#include <gtest/gtest.h>

#include <any>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "http/exchange.h"
#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Event;

InProcess::Question question(std::string path, std::string body = {}) {
  InProcess::Question out;
  out.request.method = "POST";
  out.request.path = std::move(path);
  out.request.body = std::move(body);
  out.common.set("x-request-id", "req_1");
  return out;
}

// What it is answered; nothing: it was given up.
std::optional<Response> answer(InProcess& in_process, InProcess::Question asked) {
  std::promise<std::optional<Response>> promise;
  const auto handle = in_process.ask(std::move(asked),
                                     [&](std::optional<Response> got) { promise.set_value(std::move(got)); });
  return promise.get_future().get();
}

Router router() {
  Router routes;
  routes.add("POST", "/echo/{name}", [](Exchange& exchange) -> Task<void> {
    const auto work = [&] { return std::string(exchange.param("name")) + ":" + exchange.request().body; };
    Response response;
    response.body = co_await exchange.offload(work);
    response.headers.set("content-type", "text/plain");
    co_await exchange.respond(std::move(response));
  });
  return routes;
}

TEST(InProcess, AnswersWithBodyParametersAndHeaders) {
  InProcess in_process(router(), 2);
  const auto got = answer(in_process, question("/echo/a", "body"));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 200U);
  EXPECT_EQ(got->body, "a:body");
  EXPECT_EQ(got->headers.get("x-request-id"), "req_1");
  EXPECT_EQ(got->headers.get("content-type"), "text/plain");
}

TEST(InProcess, AWrongPathIsGivenUp) {
  InProcess in_process(router(), 1);
  EXPECT_FALSE(answer(in_process, question("/none")));
}

TEST(InProcess, HandsOverWhatTheDoorWouldKnow) {
  Router routes;
  routes.add("POST", "/who", [](Exchange& exchange) -> Task<void> {
    Response response;
    response.body = std::any_cast<std::string>(exchange.context());
    co_await exchange.respond(std::move(response));
  });
  InProcess in_process(std::move(routes), 1);
  InProcess::Question asked = question("/who");
  asked.context = std::string("me");
  EXPECT_EQ(answer(in_process, std::move(asked))->body, "me");
}

TEST(InProcess, ReadsABodyInPieces) {
  Router routes;
  RouteOptions streams;
  streams.stream_body = true;
  routes.add(
      "POST", "/pieces",
      [](Exchange& exchange) -> Task<void> {
        Response response;
        for (;;) {
          const std::optional<std::string_view> piece = co_await exchange.read_body();
          if (!piece || piece->empty()) break;
          response.body += *piece;
        }
        co_await exchange.respond(std::move(response));
      },
      streams);
  InProcess in_process(std::move(routes), 1);
  EXPECT_EQ(answer(in_process, question("/pieces", "all of it"))->body, "all of it");
}

TEST(InProcess, CollectsAStream) {
  Router routes;
  routes.add("POST", "/stream", [](Exchange& exchange) -> Task<void> {
    const bool begun = co_await exchange.begin_stream(201, {});
    const std::string one = "one ";
    const std::string two = "two";
    if (begun) co_await exchange.write(one);
    co_await exchange.write(two);
    co_await exchange.end_stream();
  });
  InProcess in_process(std::move(routes), 1);
  const auto got = answer(in_process, question("/stream"));
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 201U);
  EXPECT_EQ(got->body, "one two");
}

// A handler that waits until its client goes.
struct Waiter {
  Event waits;
  Event left;
  Router routes() {
    Router out;
    out.add("POST", "/wait", [this](Exchange& exchange) -> Task<void> {
      const std::shared_ptr<Signal> signal = exchange.make_signal();
      waits.set();
      co_await exchange.wait(*signal);
      if (exchange.disconnected()) left.set();
    });
    return out;
  }
};

TEST(InProcess, WhoeverDropsTheHandleLeaves) {
  Waiter waiter;
  InProcess in_process(waiter.routes(), 1);
  std::promise<std::optional<Response>> promise;
  auto handle =
      in_process.ask(question("/wait"), [&](std::optional<Response> got) { promise.set_value(got); });
  waiter.waits.wait();
  handle.reset();
  EXPECT_FALSE(promise.get_future().get());
  waiter.left.wait();
}

TEST(InProcess, StopEndsWhatRunsAndRefusesWhatComes) {
  Waiter waiter;
  InProcess in_process(waiter.routes(), 1);
  std::promise<std::optional<Response>> promise;
  const auto handle =
      in_process.ask(question("/wait"), [&](std::optional<Response> got) { promise.set_value(got); });
  waiter.waits.wait();
  in_process.stop();
  waiter.left.wait();
  EXPECT_FALSE(promise.get_future().get());
  EXPECT_FALSE(answer(in_process, question("/wait")));
}

TEST(InProcess, ManyAtOnceEachGetTheirOwn) {
  InProcess in_process(router(), 4);
  constexpr int kMany = 200;
  std::vector<std::promise<std::string>> promises(kMany);
  std::vector<std::shared_ptr<void>> handles;
  handles.reserve(kMany);
  for (int i = 0; i < kMany; ++i) {
    handles.push_back(
        in_process.ask(question("/echo/x", std::to_string(i)),
                       [&, i](std::optional<Response> got) { promises[i].set_value(got->body); }));
  }
  for (int i = 0; i < kMany; ++i) EXPECT_EQ(promises[i].get_future().get(), "x:" + std::to_string(i));
}

}  // namespace
}  // namespace peregrine::http
