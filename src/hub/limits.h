// What a remote server can make us do, at most. Everything that comes over the network is held against one of
// these before it sizes or repeats anything.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace peregrine::hub {

inline constexpr std::size_t kMaxUrlBytes = 8192;  // signed links run to two thousand
inline constexpr unsigned kMaxRedirects = 8;
inline constexpr std::size_t kMaxHeaderBytes = 64 << 10;
inline constexpr std::size_t kMaxHeaders = 256;
inline constexpr std::size_t kMaxErrorBodyBytes = 64 << 10;  // read so that the connection can be used again
inline constexpr std::size_t kMaxShownChars = 200;           // of what a server says, in our messages

inline constexpr std::size_t kMaxListingBytes = 16 << 20;  // one page of a repository's listing
inline constexpr unsigned kMaxListingPages = 32;
inline constexpr std::size_t kMaxRepositoryFiles = 20000;

inline constexpr std::uint64_t kMaxFileBytes = std::uint64_t{4} << 40;
inline constexpr std::uint64_t kMaxChunks = 1024;
inline constexpr std::size_t kMaxStateBytes = 1 << 20;
inline constexpr unsigned kMaxConnections = 16;

// Failures in a row, without kGoodProgressBytes between them, before a download gives up.
inline constexpr unsigned kMaxFailures = 5;
inline constexpr std::uint64_t kGoodProgressBytes = 64 << 10;
inline constexpr std::chrono::seconds kMaxBackoff{30};
inline constexpr std::chrono::seconds kMaxRetryAfter{60};

inline constexpr std::chrono::seconds kConnectTimeout{15};
inline constexpr long kMinBytesPerSecond = 1024;  // slower than this for Options::stall is a stalled transfer

inline constexpr std::chrono::milliseconds kTick{200};  // between two reports of progress
inline constexpr std::chrono::seconds kCheckpointInterval{2};

}  // namespace peregrine::hub
