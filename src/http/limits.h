// Every bound of the server, on bytes, counts and times. What a client can make us hold or wait for is here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace peregrine::http {

struct Limits {
  // Request line and fields together; over it 431. Also the most input of following (pipelined) requests
  // that is held while a handler runs.
  std::size_t max_header_bytes = 64 * 1024;
  std::size_t max_headers = 128;            // fields; over it 431
  std::size_t max_target_bytes = 8 * 1024;  // request target; over it 414
  // Body of one request, after the transfer coding; over it 413. A route may set its own.
  std::uint64_t max_body_bytes = 32u << 20;
  // Bodies of all requests together; over it 503.
  std::uint64_t max_buffered_body_bytes = 512u << 20;
  std::size_t max_connections = 1024;  // over it 503, and far over it no answer at all
  // Bytes that the kernel may hold unsent for one connection (it doubles the figure). 0: the system's choice.
  std::size_t send_buffer_bytes = 256 * 1024;

  std::chrono::milliseconds header_timeout{15'000};  // first byte of a request to the end of its head: 408
  // How long may be waited for each next `progress_bytes` of a body, or its end: over it 408; and for the
  // peer to take as many of an answer: over it the connection is reset. So the slowest accepted sender and
  // reader make 2 KiB/s. Time in which nothing waits for the peer does not count.
  std::chrono::milliseconds body_timeout{30'000};
  std::chrono::milliseconds write_timeout{30'000};
  std::size_t progress_bytes = 64 * 1024;
  std::chrono::milliseconds idle_timeout{75'000};  // between requests, and before the first: closed
  // From a request's head to the end of its answer, whatever it waits for; then the connection is cut, and
  // its handler sees a peer that has gone.
  std::chrono::milliseconds request_timeout{4 * 3600'000};
  std::chrono::milliseconds linger_timeout{5'000};  // for the peer to read the last answer and close
};

}  // namespace peregrine::http
