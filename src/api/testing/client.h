// A blocking HTTP/1.1 client over loopback that shows bytes as they came. For tests only.
#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/testing/scripted_chat.h"
#include "http/message.h"

namespace peregrine::api::testing {

struct Reply {
  unsigned status = 0;
  http::Headers headers;
  std::string body;                 // chunks joined
  std::vector<std::string> chunks;  // of a chunked body
};

struct ClientRequest {
  std::string method = "GET";
  std::string target = "/";
  std::vector<http::Header> headers;
  std::string body;
};

class Client {
 public:
  // `receive_buffer` 0: the system's choice.
  explicit Client(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{kPatience.count(), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto generic = std::bit_cast<sockaddr>(address);
    if (::connect(socket_, &generic, sizeof generic) != 0) throw std::runtime_error("cannot connect");
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { close(); }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  void send(const ClientRequest& request) {
    std::string bytes = fmt::format("{} {} HTTP/1.1\r\n", request.method, request.target);
    bool host = false;
    for (const http::Header& header : request.headers) {
      host = host || http::equal_ignoring_case(header.name, "host");
      bytes += fmt::format("{}: {}\r\n", header.name, header.value);
    }
    if (!host) bytes += "host: localhost\r\n";
    if (!request.body.empty()) bytes += fmt::format("content-length: {}\r\n", request.body.size());
    send_raw(bytes + "\r\n" + request.body);
  }

  void send_raw(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) throw std::runtime_error("cannot send");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // Status and headers of the next answer.
  Reply read_head() {
    while (input_.find("\r\n\r\n") == std::string::npos) {
      if (!receive()) throw std::runtime_error("the answer ended inside its head: " + input_);
    }
    const std::size_t end = input_.find("\r\n\r\n");
    std::string_view head = std::string_view(input_).substr(0, end + 2);
    Reply reply;
    reply.status = static_cast<unsigned>(std::stoul(std::string(head.substr(9, 3))));
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.empty()) {
      const std::string_view line = head.substr(0, head.find("\r\n"));
      const std::size_t colon = line.find(": ");
      reply.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 2)));
      head.remove_prefix(line.size() + 2);
    }
    input_.erase(0, end + 4);
    return reply;
  }

  // A whole answer.
  Reply read() {
    Reply reply = read_head();
    if (reply.headers.get("transfer-encoding") == "chunked") {
      for (std::string chunk = read_chunk(); !chunk.empty(); chunk = read_chunk()) {
        reply.body += chunk;
        reply.chunks.push_back(std::move(chunk));
      }
    } else if (reply.headers.contains("content-length")) {
      reply.body = take(std::stoul(std::string(reply.headers.get("content-length"))));
    }
    return reply;
  }

  // One chunk of a chunked body; empty at its end.
  std::string read_chunk() {
    while (input_.find("\r\n") == std::string::npos) {
      if (!receive()) throw std::runtime_error("the answer was cut");
    }
    const std::size_t line = input_.find("\r\n");
    const std::size_t size = std::stoul(input_.substr(0, line), nullptr, 16);
    input_.erase(0, line + 2);
    std::string chunk = take(size);
    take(2);
    return chunk;
  }

  // Bytes without framing: waits for more, and tells what has come so far and was not taken.
  const std::string& read_raw() {
    receive();
    return input_;
  }

  Reply ask(const ClientRequest& request) {
    send(request);
    return read();
  }

 private:
  bool receive() {
    std::array<char, 65536> bytes;
    const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (got < 0) throw std::runtime_error("nothing was received in time");
    input_.append(bytes.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  std::string take(std::size_t size) {
    while (input_.size() < size) {
      if (!receive()) throw std::runtime_error("the answer was cut");
    }
    std::string bytes = input_.substr(0, size);
    input_.erase(0, size);
    return bytes;
  }

  int socket_;
  std::string input_;
};

}  // namespace peregrine::api::testing
