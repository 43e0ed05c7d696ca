#include "hub/public_fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "hub/easy.h"
#include "hub/limits.h"
#include "hub/url.h"

namespace peregrine::hub {
namespace {

struct Range4 {
  std::uint32_t first;
  unsigned bits;
};

constexpr std::uint32_t ip4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

// RFC 6890 and its successors: what is not globally reachable.
constexpr Range4 kSpecial4[] = {
    {ip4(0, 0, 0, 0), 8},      {ip4(10, 0, 0, 0), 8},     {ip4(100, 64, 0, 0), 10},
    {ip4(127, 0, 0, 0), 8},    {ip4(169, 254, 0, 0), 16}, {ip4(172, 16, 0, 0), 12},
    {ip4(192, 0, 0, 0), 24},   {ip4(192, 0, 2, 0), 24},   {ip4(192, 88, 99, 0), 24},
    {ip4(192, 168, 0, 0), 16}, {ip4(198, 18, 0, 0), 15},  {ip4(198, 51, 100, 0), 24},
    {ip4(203, 0, 113, 0), 24}, {ip4(224, 0, 0, 0), 4},    {ip4(240, 0, 0, 0), 4},
};

bool is_public4(std::uint32_t address) {
  return std::none_of(std::begin(kSpecial4), std::end(kSpecial4), [address](const Range4& range) {
    return (address ^ range.first) >> (32 - range.bits) == 0;
  });
}

using Bytes6 = std::array<std::uint8_t, 16>;

std::uint32_t ip4_in(const Bytes6& bytes, std::size_t at) {
  return ip4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool begins_with(const Bytes6& bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

// Global unicast is 2000::/3; of it, the ranges that stand for IPv4 addresses are as public as those.
bool is_public6(const Bytes6& bytes) {
  if (begins_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) return is_public4(ip4_in(bytes, 12));
  if (begins_with(bytes, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) {
    return is_public4(ip4_in(bytes, 12));  // NAT64
  }
  if ((bytes[0] & 0xE0U) != 0x20U) return false;
  if (begins_with(bytes, {0x20, 0x02})) return is_public4(ip4_in(bytes, 2));        // 6to4
  const bool protocol_range = begins_with(bytes, {0x20, 0x01}) && bytes[2] < 0x02;  // Teredo and others
  const bool documentation = begins_with(bytes, {0x20, 0x01, 0x0D, 0xB8}) || begins_with(bytes, {0x3F, 0xFF});
  return !protocol_range && !documentation;
}

// What libcurl's callbacks are given.
struct Visit {
  const FetchLimits* limits;
  bool refused = false;
};

curl_socket_t open_socket(void* visit_data, curlsocktype, curl_sockaddr* address) {
  auto* visit = static_cast<Visit*>(visit_data);
  if (!visit->limits->address_allowed(address->addr)) {
    visit->refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

tl::unexpected<Error> failed(ErrorCode code, std::string message) {
  return fail(code, std::move(message));
}

// One hop's outcome: where it leads, or that the body has come.
struct Hop {
  std::optional<std::string> next;
};

struct Fetch {
  const FetchLimits& limits;
  const std::function<bool(std::string_view)>& keep;
  const std::function<bool()>& go_on;
  std::chrono::steady_clock::time_point deadline;
  std::uint64_t bytes = 0;

  Result<Hop> visit(const Url& url);
};

Result<Hop> Fetch::visit(const Url& url) {
  Easy easy;
  bool over = false;
  bool stopped = false;
  Easy::Request request;
  request.url = url;
  easy.prepare(std::move(request), Options(), [&](std::string_view piece) {
    if (easy.head().status() != 200) return true;  // the text of a redirect or an error
    over = piece.size() > limits.max_bytes - bytes;
    if (over) return false;
    bytes += piece.size();
    stopped = !keep(piece);
    return !stopped;
  });
  Visit visited{&limits};
  CURL* curl = easy.handle();
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &visited);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  if (left.count() <= 0) return failed(ErrorCode::kIo, "it takes too long");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  const CURLcode code = easy.perform(go_on);
  if (visited.refused) return failed(ErrorCode::kPermissionDenied, "its address is not a public one");
  if (over) return failed(ErrorCode::kResourceExhausted, "it is too large");
  if (stopped || code == CURLE_ABORTED_BY_CALLBACK) return failed(ErrorCode::kCancelled, "no longer wanted");
  if (code == CURLE_OPERATION_TIMEDOUT) return failed(ErrorCode::kIo, "it takes too long");
  if (code != CURLE_OK || easy.head_too_large()) return failed(ErrorCode::kIo, "its server does not answer");
  const int status = easy.head().status();
  if (status == 200) return Hop{};
  if (!easy.head().is_redirect()) {
    return failed(ErrorCode::kNotFound, fmt::format("its server answers {}", status));
  }
  return Hop{easy.redirect_target()};
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return is_public4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address, sizeof v6);
  Bytes6 bytes{};
  std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  return is_public6(bytes);
}

Status fetch_public(const std::string& url, const FetchLimits& limits,
                    const std::function<bool(std::string_view)>& keep, const std::function<bool()>& go_on) {
  auto here = parse_url(url);
  if (!here) return failed(ErrorCode::kInvalidArgument, "it is no address that can be fetched");
  Fetch fetch{limits, keep, go_on, std::chrono::steady_clock::now() + limits.timeout};
  for (unsigned hop = 0; hop <= kMaxRedirects; ++hop) {
    PEREGRINE_ASSIGN(const Hop reached, fetch.visit(*here));
    if (!reached.next) return {};
    auto there = parse_url(*reached.next);
    if (!there) return failed(ErrorCode::kPermissionDenied, "it leads to what cannot be fetched");
    if (here->scheme == "https" && there->scheme == "http") {
      return failed(ErrorCode::kPermissionDenied, "it leads from https to http");
    }
    here = std::move(there);
  }
  return failed(ErrorCode::kIo, "it redirects too often");
}

}  // namespace peregrine::hub
