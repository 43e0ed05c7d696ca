#include "hub/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <memory>

#include "hub/limits.h"
#include "hub/shown.h"

namespace peregrine::hub {
namespace {

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Empty when the URL has no such part.
std::string part_of(const Handle& url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// Names and addresses; libcurl decodes %XX in hosts, so that anything may come out.
bool is_host(std::string_view host) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_:";
  return !host.empty() && host.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool is_loopback_v4(std::uint32_t address) {
  return address >> 24 == 127 || address == 0;  // 0.0.0.0 connects to this machine, too
}

// What may be shown of text that is no good URL: no query, no password.
std::string shown_unparsed(std::string_view text) {
  std::string shown(without_query(text));
  const std::size_t at = shown.rfind('@');
  const std::size_t scheme = shown.find("://");
  if (at != std::string::npos && scheme != std::string::npos && at > scheme) {
    shown.replace(scheme + 3, at - scheme - 3, "...");
  }
  return shown_text(shown);
}

}  // namespace

std::string Url::shown() const {
  return shown_text(origin() + path);
}

std::string Url::origin() const {
  const bool v6 = host.find(':') != std::string::npos;
  const bool usual = port == (scheme == "https" ? 443 : 80);
  return fmt::format("{}://{}{}", scheme, v6 ? "[" + host + "]" : host,
                     usual ? "" : fmt::format(":{}", port));
}

Result<Url> parse_url(std::string_view text) {
  const auto bad = [text](std::string_view what) {
    return fail(ErrorCode::kInvalidArgument, std::string(what), shown_unparsed(text));
  };
  if (text.size() > kMaxUrlBytes) return bad(fmt::format("is longer than {} bytes", kMaxUrlBytes));
  if (!printable_ascii(text)) {
    return bad("has characters that no URL has; write them percent-encoded (a space is %20)");
  }
  const Handle handle(curl_url(), curl_url_cleanup);
  if (!handle) return fail(ErrorCode::kResourceExhausted, "out of memory");
  const std::string copy(text);
  const CURLUcode code =
      curl_url_set(handle.get(), CURLUPART_URL, copy.c_str(), CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME);
  if (code == CURLUE_USER_NOT_ALLOWED) {
    return bad(
        "holds a user name or password, which would be stored; leave it out (HF_TOKEN is for the hub)");
  }
  if (code != CURLUE_OK) return bad("is no URL; write https://HOST/PATH");

  Url url;
  url.scheme = part_of(handle, CURLUPART_SCHEME);
  if (url.scheme != "http" && url.scheme != "https") {
    return bad("is no https:// URL; other schemes are not fetched");
  }
  curl_url_set(handle.get(), CURLUPART_FRAGMENT, nullptr, 0);
  url.host = part_of(handle, CURLUPART_HOST);
  std::transform(url.host.begin(), url.host.end(), url.host.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (url.host.starts_with('[') && url.host.ends_with(']'))
    url.host = url.host.substr(1, url.host.size() - 2);
  const std::string port = part_of(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port);
  url.path = part_of(handle, CURLUPART_PATH);
  url.text = part_of(handle, CURLUPART_URL);
  if (!is_host(url.host) || url.port == 0 || url.text.empty())
    return bad("is no URL; write https://HOST/PATH");
  return url;
}

bool same_origin(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

bool is_loopback(const Url& url) {
  std::string_view host = url.host;
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  in_addr v4{};
  if (::inet_pton(AF_INET, std::string(host).c_str(), &v4) == 1) return is_loopback_v4(ntohl(v4.s_addr));
  in6_addr v6{};
  if (::inet_pton(AF_INET6, std::string(host).c_str(), &v6) != 1) return false;
  if (IN6_IS_ADDR_LOOPBACK(&v6) || IN6_IS_ADDR_UNSPECIFIED(&v6)) return true;
  if (!IN6_IS_ADDR_V4MAPPED(&v6)) return false;
  const std::uint8_t* bytes = v6.s6_addr;
  return is_loopback_v4(std::uint32_t{bytes[12]} << 24 | std::uint32_t{bytes[13]} << 16 |
                        std::uint32_t{bytes[14]} << 8 | bytes[15]);
}

Status check_start(const Url& url, const Url& endpoint) {
  if (url.scheme == "https" || is_loopback(url) || same_origin(url, endpoint)) return {};
  return fail(ErrorCode::kPermissionDenied,
              "would be fetched without encryption, so that anyone on the way could replace it; use https:// "
              "(a mirror without it can be named in HF_ENDPOINT)",
              url.shown());
}

Status check_redirect(const Url& start, const Url& from, const Url& to, const Url& endpoint) {
  if (from.scheme == "https" && to.scheme == "http") {
    return fail(ErrorCode::kPermissionDenied,
                fmt::format("sends us on to {} without encryption; refused", to.shown()), from.shown());
  }
  if (!is_loopback(start) && is_loopback(to)) {
    return fail(ErrorCode::kPermissionDenied,
                fmt::format("sends us on to this machine ({}); refused", to.origin()), from.shown());
  }
  return check_start(to, endpoint);
}

std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find_first_of("?#"));
}

std::string encode_path(std::string_view path) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string out;
  for (const char c : path) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace peregrine::hub
