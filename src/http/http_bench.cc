// What the server itself costs, over loopback with one blocking client: a request and its answer, and an
// event of a stream. The client's system calls are part of the figures.
#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "http/server.h"
#include "http/sse.h"

namespace {

using namespace peregrine::http;

constexpr std::string_view kRequest =
    "GET /hello HTTP/1.1\r\nHost: t\r\nUser-Agent: bench\r\nAccept: application/json\r\n\r\n";
constexpr std::string_view kStreamRequest = "GET /stream HTTP/1.1\r\nHost: t\r\n\r\n";

Task<void> hello(Exchange& exchange) {
  Response response;
  response.headers.set("content-type", "application/json");
  response.body = "{\"object\":\"list\",\"data\":[]}";
  co_await exchange.respond(std::move(response));
}

Task<void> stream(Exchange& exchange) {
  Headers headers;
  headers.set("content-type", "text/event-stream");
  const std::string event = sse_event(std::string(240, 'x'));
  bool there = co_await exchange.begin_stream(200, std::move(headers));
  while (there) there = co_await exchange.write(event);
}

std::unique_ptr<Server> start() {
  Router router;
  router.add("GET", "/hello", hello);
  router.add("GET", "/stream", stream);
  Options options;
  options.port = 0;
  options.io_threads = 1;
  return std::move(*Server::start(options, std::move(router)));
}

int connect_to(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return -1;
  return fd;
}

void request_and_answer(benchmark::State& state) {
  const auto server = start();
  const int fd = connect_to(server->port());
  std::string answer(4096, '\0');
  for (auto _ : state) {
    if (::send(fd, kRequest.data(), kRequest.size(), 0) < 0) state.SkipWithError("send");
    if (::recv(fd, answer.data(), answer.size(), 0) <= 0) state.SkipWithError("receive");
  }
  ::close(fd);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(request_and_answer)->UseRealTime();

// Items are bytes of whole events; a full socket makes the writer wait for the reader.
void stream_of_events(benchmark::State& state) {
  const auto server = start();
  const int fd = connect_to(server->port());
  if (::send(fd, kStreamRequest.data(), kStreamRequest.size(), 0) < 0) state.SkipWithError("send");
  std::string piece(1 << 16, '\0');
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const ssize_t got = ::recv(fd, piece.data(), piece.size(), 0);
    if (got <= 0) state.SkipWithError("receive");
    bytes += got;
  }
  ::close(fd);
  const std::int64_t event_bytes = 240 + 8 + 6;  // data, its frame, the chunk's frame
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(bytes / event_bytes);
}
BENCHMARK(stream_of_events)->UseRealTime();

}  // namespace
