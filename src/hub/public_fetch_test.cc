#include "hub/public_fetch.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <string>

#include "hub/testing/scripted_server.h"

namespace peregrine::hub {
namespace {

using testing::Answer;
using testing::Request;
using testing::ScriptedServer;

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
  if (::inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else {
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr), 1) << text;
    storage.ss_family = AF_INET6;
  }
  return is_public_address(*reinterpret_cast<const sockaddr*>(&storage));
}

TEST(PublicAddress, BordersOfTheRanges) {
  for (const char* const address :
       {"1.0.0.0",         "9.255.255.255",    "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.0",        "169.253.255.255", "169.255.0.0",     "172.15.255.255",
        "172.32.0.0",      "192.0.1.0",        "192.167.255.255", "192.169.0.0",     "198.17.255.255",
        "198.20.0.0",      "223.255.255.255",  "2000::1",         "2606:4700::1111", "2001:4860:4860::8888",
        "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8", "2002:808:808::1", "2a00::"}) {
    EXPECT_TRUE(is_public(address)) << address;
  }
  for (const char* const address : {"0.0.0.0",
                                    "10.0.0.0",
                                    "10.255.255.255",
                                    "100.64.0.0",
                                    "127.0.0.1",
                                    "127.255.255.255",
                                    "169.254.169.254",
                                    "172.16.0.0",
                                    "172.31.255.255",
                                    "192.0.0.8",
                                    "192.0.2.1",
                                    "192.168.0.0",
                                    "192.168.255.255",
                                    "198.18.0.0",
                                    "198.19.255.255",
                                    "198.51.100.9",
                                    "203.0.113.7",
                                    "224.0.0.1",
                                    "240.0.0.1",
                                    "255.255.255.255",
                                    "::",
                                    "::1",
                                    "::127.0.0.1",
                                    "::ffff:10.0.0.1",
                                    "::ffff:127.0.0.1",
                                    "64:ff9b::10.0.0.1",
                                    "64:ff9b:1::1",
                                    "100::1",
                                    "2001::1",
                                    "2001:1ff::1",
                                    "2001:db8::1",
                                    "2002:7f00:1::1",
                                    "2002:a00:1::1",
                                    "3fff::1",
                                    "fc00::1",
                                    "fd12::1",
                                    "fe80::1",
                                    "fec0::1",
                                    "ff02::1"}) {
    EXPECT_FALSE(is_public(address)) << address;
  }
}

TEST(PublicAddress, OtherFamiliesAreNone) {
  sockaddr address{};
  address.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public_address(address));
}

bool any_address(const sockaddr&) {
  return true;
}

struct Fetched {
  Status status;
  std::string body;
};

Fetched fetch(const std::string& url, FetchLimits limits) {
  Fetched fetched;
  fetched.status = fetch_public(
      url, limits,
      [&](std::string_view piece) {
        fetched.body += piece;
        return true;
      },
      [] { return true; });
  return fetched;
}

FetchLimits anywhere(std::uint64_t bytes) {
  return {.max_bytes = bytes, .timeout = std::chrono::seconds(20), .address_allowed = &any_address};
}

Answer ok(const std::string& body) {
  return {"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body};
}

Answer redirect(const std::string& to) {
  return {"HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 4\r\n\r\ngone"};
}

TEST(PublicFetch, FollowsRedirectsAndKeepsTheBodyOnly) {
  ScriptedServer server([](const Request& request) {
    if (request.target == "/first") return redirect("/second");
    return request.target == "/second" ? ok("sound")
                                       : Answer{"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"};
  });
  const Fetched fetched = fetch(server.url("/first"), anywhere(5));
  ASSERT_TRUE(fetched.status) << fetched.status.error().text();
  EXPECT_EQ(fetched.body, "sound");
  EXPECT_EQ(server.requests().front().header("authorization"), "");
  EXPECT_EQ(fetch(server.url("/other"), anywhere(5)).status.error().code, ErrorCode::kNotFound);
}

TEST(PublicFetch, ThisMachineIsNotPublic) {
  ScriptedServer server([](const Request&) { return ok("sound"); });
  const Fetched fetched = fetch(server.url("/"), {.max_bytes = 5});
  ASSERT_FALSE(fetched.status);
  EXPECT_EQ(fetched.status.error().code, ErrorCode::kPermissionDenied);
  EXPECT_TRUE(server.requests().empty());
}

// A server that may be visited sends us on to one that may not.
TEST(PublicFetch, EachHopIsChecked) {
  ScriptedServer inner([](const Request&) { return ok("secret"); });
  ScriptedServer outer([&](const Request&) { return redirect(inner.url("/")); });
  static std::uint16_t allowed_port = 0;
  allowed_port = static_cast<std::uint16_t>(std::stoul(outer.url().substr(outer.url().rfind(':') + 1)));
  const FetchLimits only_outer{
      .max_bytes = 100, .timeout = std::chrono::seconds(20), .address_allowed = [](const sockaddr& address) {
        return reinterpret_cast<const sockaddr_in&>(address).sin_port == htons(allowed_port);
      }};
  const Fetched fetched = fetch(outer.url("/"), only_outer);
  ASSERT_FALSE(fetched.status);
  EXPECT_EQ(fetched.status.error().code, ErrorCode::kPermissionDenied);
  EXPECT_EQ(fetched.body, "");
  EXPECT_EQ(outer.requests().size(), 1U);
  EXPECT_TRUE(inner.requests().empty());
}

TEST(PublicFetch, LimitsAndEndlessRedirects) {
  ScriptedServer server([](const Request& request) {
    return request.target == "/loop" ? redirect("/loop") : ok(std::string(1000, 'x'));
  });
  EXPECT_TRUE(fetch(server.url("/"), anywhere(1000)).status);
  EXPECT_EQ(fetch(server.url("/"), anywhere(999)).status.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(fetch(server.url("/loop"), anywhere(999)).status.error().code, ErrorCode::kIo);
  EXPECT_LE(server.requests().size(), 12U);
  const Status stopped = fetch_public(
      server.url("/"), anywhere(1000), [](std::string_view) { return false; }, [] { return true; });
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
}

TEST(PublicFetch, OtherSchemesAreNotFetched) {
  for (const char* const url : {"file:///etc/passwd", "ftp://example.org/", "gopher://x/", "", "example.org",
                                "http://user:secret@example.org/"}) {
    EXPECT_EQ(fetch(url, anywhere(1)).status.error().code, ErrorCode::kInvalidArgument) << url;
  }
}

}  // namespace
}  // namespace peregrine::hub
