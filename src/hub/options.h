// How to reach the hub. Filled in app/, passed down by value.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace peregrine::hub {

struct Options {
  std::string endpoint = "https://huggingface.co";  // http only where it is named here, or on loopback
  std::string token;                     // sent to the endpoint's origin and nowhere else; may be empty
  std::string ca_file;                   // PEM certificates to trust instead of the system's
  unsigned connections = 4;              // that one file is fetched over, 1 to kMaxConnections
  std::uint64_t chunk_bytes = 16 << 20;  // what one request asks for; more where a file has kMaxChunks
  std::chrono::seconds stall{30};        // a connection slower than kMinBytesPerSecond this long is cut
  // Connections to public addresses only (public_fetch.h), each checked when it is made, and without a proxy,
  // which would resolve names itself: for what a stranger names.
  bool public_only = false;
  std::chrono::milliseconds backoff{250};  // before the first retry; doubles
};

}  // namespace peregrine::hub
