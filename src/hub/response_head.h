// Status and headers of one response, as libcurl delivers them line by line, within kMaxHeaderBytes; and what
// the headers we rely on mean. All of it is untrusted.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peregrine::hub {

class ResponseHead {
 public:
  void clear();
  // A status line starts anew, since interim responses (1xx) come first. False over a limit.
  bool add_line(std::string_view line);

  int status() const { return status_; }  // 0 before the status line
  bool is_redirect() const;
  // The first header of that lower-case name, without surrounding blanks; empty when absent.
  std::string_view get(std::string_view name) const;

 private:
  int status_ = 0;
  std::size_t bytes_ = 0;
  std::vector<std::pair<std::string, std::string>> headers_;
};

// Decimal digits only, nothing else, no overflow.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// "bytes FIRST-LAST/TOTAL" (RFC 9110, 14.4) with FIRST <= LAST < TOTAL.
struct ContentRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t total = 0;
};
std::optional<ContentRange> parse_content_range(std::string_view text);

// 64 hexadecimal digits in lower case.
std::optional<std::string> parse_sha256(std::string_view text);
// The SHA-256 that an ETag consists of, in quotes or without.
std::optional<std::string> sha256_of_etag(std::string_view etag);
// A strong ETag (RFC 9110, 8.8.3) with its quotes; empty for a weak one or none.
std::string strong_etag(std::string_view etag);

// Seconds of a Retry-After header, at most kMaxRetryAfter; 0 for a date or nonsense.
std::chrono::seconds parse_retry_after(std::string_view text);

// The target of rel="next" in a Link header (RFC 8288); empty when there is none.
std::string next_link(std::string_view link);

}  // namespace peregrine::hub
