// For the tests of this room: a blocking client that sends exactly the bytes it is given and reads answers
// with a decoder of its own, and an event to wait for. Every wait ends after kPatience, as a failure.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "http/server.h"

namespace peregrine::http::testing {

inline constexpr std::chrono::seconds kPatience{30};

class Event {
 public:
  void set() {
    const std::lock_guard lock(mutex_);
    set_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [this] { return set_; });
  }
  bool is_set() {
    const std::lock_guard lock(mutex_);
    return set_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool set_ = false;
};

struct Answer {
  unsigned status = 0;  // 0: the connection ended before an answer
  Headers headers;
  std::string body;
  bool whole = false;  // the body ended as its framing promised
};

class RawClient {
 public:
  // `receive_buffer` in bytes, 0 for the system's choice.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0) : RawClient(receive_buffer) {
    connect(port);
  }
  RawClient() : RawClient(0) {}
  RawClient(RawClient&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_), input_(std::move(other.input_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() { close(); }

  void connect(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  bool connected() const { return connected_; }

  // False when the server no longer takes it.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // FIN; the answer can still be read.
  void finish_sending() { ::shutdown(fd_, SHUT_WR); }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  void reset() {
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
  }

  // Reads what is there into the buffer; false at the end of input, or reset.
  bool fill(std::size_t most = 16384) {
    std::string piece(most, '\0');
    const ssize_t got = ::recv(fd_, piece.data(), piece.size(), 0);
    EXPECT_TRUE(got >= 0 || errno == ECONNRESET) << "no bytes within the test's patience";
    if (got <= 0) return false;
    input_.append(piece, 0, static_cast<std::size_t>(got));
    return true;
  }
  std::string take(std::size_t bytes) {
    std::string taken = input_.substr(0, bytes);
    input_.erase(0, bytes);
    return taken;
  }
  // A line without its CRLF; what is left when input ends first.
  std::string line() {
    std::size_t end;
    while ((end = input_.find("\r\n")) == std::string::npos) {
      if (!fill()) return take(input_.size());
    }
    std::string text = take(end);
    input_.erase(0, 2);
    return text;
  }
  std::string rest() {
    while (fill()) {
    }
    return take(input_.size());
  }
  bool at_end() { return input_.empty() && !fill(); }

  Answer head() {
    Answer answer;
    const std::string status = line();
    if (!status.starts_with("HTTP/1.1 ")) return answer;
    std::from_chars(status.data() + 9, status.data() + status.size(), answer.status);
    for (std::string field = line(); !field.empty(); field = line()) {
      const std::size_t colon = field.find(": ");
      EXPECT_NE(colon, std::string::npos) << field;
      if (colon == std::string::npos) break;
      answer.headers.add(field.substr(0, colon), field.substr(colon + 2));
    }
    return answer;
  }
  // One chunk of a chunked body; empty for the last one, or at the end of input.
  std::string chunk() {
    const std::string size_text = line();
    std::size_t size = 0;
    std::from_chars(size_text.data(), size_text.data() + size_text.size(), size, 16);
    while (input_.size() < size + 2 && fill()) {
    }
    std::string data = take(size);
    EXPECT_TRUE(size_text.empty() || take(2) == "\r\n" || data.size() < size);
    last_chunk_seen_ = size_text == "0";
    return data;
  }
  Answer receive(bool head_only = false) {
    Answer answer = head();
    if (answer.status == 0) return answer;
    if (head_only || answer.status == 204 || answer.status == 304 || answer.status < 200) {
      answer.whole = true;
    } else if (answer.headers.get("transfer-encoding") == "chunked") {
      for (std::string data = chunk(); !data.empty(); data = chunk()) answer.body += data;
      answer.whole = last_chunk_seen_;
    } else if (answer.headers.contains("content-length")) {
      const std::size_t length = std::stoul(std::string(answer.headers.get("content-length")));
      while (input_.size() < length && fill(1 << 18)) {
      }
      answer.body = take(length);
      answer.whole = answer.body.size() == length;
    } else {
      answer.body = rest();
      answer.whole = true;
    }
    return answer;
  }
  Answer ask(std::string_view request) {
    send(request);
    return receive(request.starts_with("HEAD "));
  }

 private:
  explicit RawClient(int receive_buffer) {
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    if (receive_buffer > 0) {
      ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    timeval patience{};
    patience.tv_sec = kPatience.count();
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  }

  int fd_ = -1;
  bool connected_ = false;
  bool last_chunk_seen_ = false;
  std::string input_;
};

inline std::string get(std::string_view target, std::string_view fields = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: t\r\n" + std::string(fields) + "\r\n";
}

inline std::string post(std::string_view target, std::string_view body, std::string_view fields = "") {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(fields) + "\r\n" + std::string(body);
}

inline Response text(std::string body, unsigned status = 200) {
  Response response;
  response.status = status;
  response.headers.set("content-type", "text/plain");
  response.body = std::move(body);
  return response;
}

inline Task<void> hello(Exchange& exchange) {
  Response response = text("hello");
  co_await exchange.respond(std::move(response));
}

inline Task<void> echo(Exchange& exchange) {
  Response response = text(exchange.request().body);
  co_await exchange.respond(std::move(response));
}

// Error answers whose body is "CODE detail", so that a test sees that the renderer made them.
inline Response render_plainly(ProtocolError error, std::string_view detail, const Request* request) {
  Response response = text("rendered: ", status_of(error));
  response.body.append(detail);
  response.headers.set("x-request-known", request == nullptr ? "no" : "yes");
  return response;
}

inline Options test_options() {
  Options options;
  options.port = 0;
  options.io_threads = 2;
  options.worker_threads = 2;
  return options;
}

inline std::unique_ptr<Server> serve(Router router, Options options = test_options(),
                                     Middleware before = {}) {
  auto server = Server::start(std::move(options), std::move(router), render_plainly, std::move(before));
  EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().text());
  return server ? std::move(*server) : nullptr;
}

}  // namespace peregrine::http::testing
