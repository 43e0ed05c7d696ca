// A web server on loopback that misbehaves as told: each request is given to a script, which answers with raw
// bytes. For tests only.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace peregrine::hub::testing {

struct Request {
  std::string method;
  std::string target;                          // path and query
  std::map<std::string, std::string> headers;  // lower-case names

  std::string header(const std::string& name) const;
  // First and last byte of a Range header; the whole of `size` without one.
  std::pair<std::uint64_t, std::uint64_t> range(std::uint64_t size) const;
};

struct Answer {
  std::string bytes;
  bool close = false;  // afterwards; otherwise the connection waits for the next request, however long
};

class ScriptedServer {
 public:
  // Called for one request at a time.
  using Script = std::function<Answer(const Request&)>;

  explicit ScriptedServer(Script script);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();

  std::string url(std::string_view path = "") const;
  // All requests so far, in the order they came.
  std::vector<Request> requests() const;

 private:
  void accept_connections();
  void serve(int fd);

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;     // under mutex_
  std::vector<int> connections_;      // under mutex_
  std::vector<std::thread> threads_;  // touched by the accepting thread, and after it has ended
  std::thread acceptor_;
};

inline Request parse(const std::string& head) {
  Request request;
  std::size_t at = head.find("\r\n");
  const std::string line = head.substr(0, at);
  const std::size_t blank = line.find(' ');
  request.method = line.substr(0, blank);
  request.target = line.substr(blank + 1, line.rfind(' ') - blank - 1);
  while (at + 2 < head.size()) {
    const std::size_t next = head.find("\r\n", at + 2);
    const std::string header = head.substr(at + 2, next - at - 2);
    if (const std::size_t colon = header.find(": "); colon != std::string::npos) {
      std::string name = header.substr(0, colon);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      request.headers[name] = header.substr(colon + 2);
    }
    at = next;
  }
  return request;
}

inline void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

inline std::string Request::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

inline std::pair<std::uint64_t, std::uint64_t> Request::range(std::uint64_t size) const {
  unsigned long long first = 0;
  unsigned long long last = size - 1;
  std::sscanf(header("range").c_str(), "bytes=%llu-%llu", &first, &last);
  return {first, std::min<std::uint64_t>(last, size - 1)};
}

inline ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), length);
  ::listen(listener_, 64);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_connections(); });
}

inline ScriptedServer::~ScriptedServer() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : connections_) ::shutdown(fd, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  for (const int fd : connections_) ::close(fd);
  ::close(listener_);
}

inline std::string ScriptedServer::url(std::string_view path) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

inline std::vector<Request> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

inline void ScriptedServer::accept_connections() {
  while (!stopping_) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const std::lock_guard lock(mutex_);
    connections_.push_back(fd);
    if (stopping_) ::shutdown(fd, SHUT_RDWR);
    threads_.emplace_back([this, fd] { serve(fd); });
  }
}

inline void ScriptedServer::serve(int fd) {
  std::string input;
  std::array<char, 4096> buffer;
  while (true) {
    const std::size_t end = input.find("\r\n\r\n");
    if (end == std::string::npos) {
      const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0);
      if (got <= 0) return;
      input.append(buffer.data(), static_cast<std::size_t>(got));
      continue;
    }
    const Request request = parse(input.substr(0, end + 2));
    input.erase(0, end + 4);
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      answer = script_(request);
    }
    send_all(fd, answer.bytes);
    if (answer.close) {
      ::shutdown(fd, SHUT_RDWR);
      return;
    }
  }
}

// A response with Content-Length; `headers` are lines ending in "\r\n".
inline Answer respond(int status, const std::string& headers, std::string_view body) {
  return {fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), headers, body)};
}

// What a well-behaved server answers for `content`: ranges, HEAD.
inline Answer serve_file(const Request& request, std::string_view content, const std::string& headers = "") {
  const auto [first, last] = request.range(content.size());
  const std::string_view part = content.substr(first, last - first + 1);
  const bool ranged = !request.header("range").empty();
  std::string head =
      fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\n{}", ranged ? 206 : 200, part.size(), headers);
  if (ranged) head += fmt::format("Content-Range: bytes {}-{}/{}\r\n", first, last, content.size());
  return {head + "\r\n" + (request.method == "HEAD" ? std::string() : std::string(part))};
}

}  // namespace peregrine::hub::testing
