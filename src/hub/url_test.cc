#include "hub/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peregrine::hub {
namespace {

using ::testing::HasSubstr;

Url url(std::string_view text) {
  auto parsed = parse_url(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : Url{};
}

TEST(Url, PartsAreNormalised) {
  const Url a = url("https://Hub.Example.ORG/a/b%20c?sig=1#top");
  EXPECT_EQ(a.scheme, "https");
  EXPECT_EQ(a.host, "hub.example.org");
  EXPECT_EQ(a.port, 443);
  EXPECT_EQ(a.path, "/a/b%20c");
  EXPECT_THAT(a.text, HasSubstr("?sig=1"));
  EXPECT_EQ(a.text.find('#'), std::string::npos);
  EXPECT_EQ(a.origin(), "https://hub.example.org");
  EXPECT_EQ(a.shown(), "https://hub.example.org/a/b%20c") << "a signature is not for logs";
  EXPECT_EQ(url("http://[::1]:8080/x").origin(), "http://[::1]:8080");
  EXPECT_EQ(url("http://[::1]:8080/x").host, "::1");
}

struct BadUrl {
  std::string text;
  std::string_view says;
};

TEST(Url, BadOnes) {
  const BadUrl kBad[] = {
      {"", "no URL"},
      {"model.gguf", "no URL"},
      {"//host/x", "no URL"},
      {"ftp://host/x.gguf", "https://"},
      {"file:///etc/passwd", "https://"},
      {"gopher://host/x", "https://"},
      {"javascript:alert(1)", ""},
      {"https://", "no URL"},
      {"https://user@host/x", "user name"},
      {"https://user:secret@host/x", "user name"},
      {"https://host:99999/x", "no URL"},
      {"https://host:0/x", "no URL"},
      {"https://ho%c3%b6st/x", "no URL"},
      {"https://a%2fb/x", "no URL"},
      {"https://ho st/x", "characters"},
      {"https://host/a b", "characters"},
      {"https://host/\r\nX-Evil: 1", "characters"},
      {std::string("https://host/a\0b", 16), "characters"},
      {"https://h\xc3\xb6st/x", "characters"},
      {"https://host/" + std::string(9000, 'x'), "longer"},
  };
  for (const BadUrl& bad : kBad) {
    const auto parsed = parse_url(bad.text);
    ASSERT_FALSE(parsed) << bad.text;
    EXPECT_EQ(parsed.error().code, ErrorCode::kInvalidArgument) << bad.text;
    EXPECT_THAT(parsed.error().message, HasSubstr(std::string(bad.says))) << bad.text;
    EXPECT_EQ(parsed.error().text().find("secret"), std::string::npos);
    EXPECT_LT(parsed.error().text().size(), 500U);
  }
}

TEST(Url, LoopbackInEveryDisguise) {
  for (const char* text :
       {"http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://127.0.0.1/",
        "http://127.9.8.7/", "http://0x7f.1/", "http://2130706433/", "http://017700000001/",
        "http://0.0.0.0/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
        "http://[0:0:0:0:0:0:0:1]/", "http://%6cocalhost/"}) {
    EXPECT_TRUE(is_loopback(url(text))) << text;
  }
  for (const char* text :
       {"http://localhost.example.org/", "http://128.0.0.1/", "http://127.0.0.1.example.org/",
        "http://[::2]/", "http://[::ffff:8.8.8.8]/", "http://notlocalhost/"}) {
    EXPECT_FALSE(is_loopback(url(text))) << text;
  }
}

TEST(Url, OriginIsSchemeHostAndPort) {
  EXPECT_TRUE(same_origin(url("https://a/x"), url("https://A:443/y?z")));
  EXPECT_FALSE(same_origin(url("https://a/"), url("http://a/")));
  EXPECT_FALSE(same_origin(url("https://a/"), url("https://a:444/")));
  EXPECT_FALSE(same_origin(url("https://a/"), url("https://a.b/")));
}

TEST(Url, PlainHttpOnlyNearbyOrForTheEndpoint) {
  const Url hub = url("https://huggingface.co");
  const Url mirror = url("http://mirror.lan:8080");
  EXPECT_TRUE(check_start(url("https://any.example.org/x"), hub));
  EXPECT_TRUE(check_start(url("http://127.0.0.1:1/x"), hub));
  EXPECT_FALSE(check_start(url("http://any.example.org/x"), hub));
  EXPECT_FALSE(check_start(url("http://huggingface.co/x"), hub));
  EXPECT_TRUE(check_start(url("http://mirror.lan:8080/x"), mirror));
  EXPECT_FALSE(check_start(url("http://mirror.lan/x"), mirror)) << "another port is another server";
}

TEST(Url, Redirects) {
  const Url hub = url("https://huggingface.co");
  const Url remote = url("https://a.example.org/x");
  const Url local = url("http://127.0.0.1:1/x");
  EXPECT_TRUE(check_redirect(remote, remote, url("https://cdn.example.net/y"), hub));
  EXPECT_FALSE(check_redirect(remote, remote, url("http://cdn.example.net/y"), hub));
  EXPECT_FALSE(check_redirect(remote, remote, url("http://127.0.0.1/y"), hub));
  EXPECT_FALSE(check_redirect(remote, remote, url("https://localhost/y"), hub)) << "back into this machine";
  EXPECT_TRUE(check_redirect(local, local, url("http://127.0.0.1:2/y"), hub));
  EXPECT_TRUE(check_redirect(local, local, url("https://cdn.example.net/y"), hub));
  EXPECT_FALSE(check_redirect(local, local, url("http://cdn.example.net/y"), hub));
  EXPECT_FALSE(check_redirect(local, url("https://127.0.0.1/x"), local, hub)) << "never from https to http";
}

TEST(Url, EncodedPaths) {
  EXPECT_EQ(encode_path("org/a model (1)/x+y.gguf"), "org/a%20model%20%281%29/x%2By.gguf");
  EXPECT_EQ(encode_path("a?b#c%d"), "a%3Fb%23c%25d");
  EXPECT_EQ(encode_path("\xc3\xb6"), "%C3%B6");
}

}  // namespace
}  // namespace peregrine::hub
