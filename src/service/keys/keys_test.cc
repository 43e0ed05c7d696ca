#include "service/keys/keys.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/ids.h"

namespace peregrine::service {
namespace {

constexpr std::int64_t kNow = 1'000'000;

bool opens(const KeyRing& ring, std::string_view text, std::int64_t now = kNow) {
  return ring.find(text, now) != nullptr;
}

TEST(KeyRing, WithoutKeysEveryCallerIsWelcome) {
  const KeyRing ring;
  EXPECT_TRUE(ring.open());
  EXPECT_TRUE(opens(ring, ""));
  const auto anybody = ring.find("anything", kNow);
  ASSERT_TRUE(anybody);
  EXPECT_EQ(anybody->id, "");
  EXPECT_TRUE(anybody->scope.allows(EndpointGroup::kAdmin));
}

TEST(KeyRing, OnlyTheExactKeysOpen) {
  const KeyRing ring({"gsk_one", "gsk_two"});
  EXPECT_FALSE(ring.open());
  EXPECT_TRUE(opens(ring, "gsk_one"));
  EXPECT_TRUE(opens(ring, "gsk_two"));
  for (const char* wrong : {"", "gsk_", "gsk_one ", " gsk_one", "GSK_ONE", "gsk_onegsk_two"}) {
    EXPECT_FALSE(opens(ring, wrong)) << wrong;
  }
  EXPECT_FALSE(ring.find("gsk_one", kNow)->scope.allows(EndpointGroup::kAdmin));
  EXPECT_NE(ring.find("gsk_one", kNow)->id, ring.find("gsk_two", kNow)->id);
}

TEST(KeyRing, ADigestOpensNothing) {
  const KeyRing ring({"gsk_one"});
  EXPECT_FALSE(opens(ring, base::sha256_hex("gsk_one")));
}

TEST(KeyRing, RevokedAndExpiredKeysOpenNothingAndKeepTheDoorShut) {
  ApiKey revoked = configured_key("a", false);
  revoked.revoked_at = kNow - 1;
  ApiKey expiring = configured_key("b", false);
  expiring.expires_at = kNow + 1;
  KeyRing ring;
  ring.replace({revoked, expiring});
  EXPECT_FALSE(opens(ring, "a"));
  EXPECT_TRUE(opens(ring, "b", kNow));
  EXPECT_FALSE(opens(ring, "b", kNow + 1));
  ring.replace({revoked});
  EXPECT_FALSE(ring.open());
  EXPECT_FALSE(opens(ring, ""));
}

TEST(KeyRing, TellsWhetherWhatWasBegunMayGoOn) {
  ApiKey expiring = configured_key("a", false);
  expiring.expires_at = kNow + 1;
  ApiKey revoked = configured_key("b", false);
  revoked.revoked_at = kNow;
  KeyRing ring;
  EXPECT_TRUE(ring.still_opens("", kNow));
  EXPECT_TRUE(ring.still_opens("key_gone", kNow));
  ring.replace({expiring, revoked});
  EXPECT_TRUE(ring.still_opens(expiring.id, kNow));
  EXPECT_FALSE(ring.still_opens(expiring.id, kNow + 1));
  EXPECT_FALSE(ring.still_opens(revoked.id, kNow));
  EXPECT_FALSE(ring.still_opens("", kNow)) << "begun by nobody, before there were keys";
  EXPECT_FALSE(ring.still_opens("key_gone", kNow));
}

TEST(KeyRing, IsReplacedWhileItIsUsed) {
  KeyRing ring({"always", "a"});
  std::atomic<bool> over = false;
  std::thread reader([&] {
    while (!over) EXPECT_TRUE(opens(ring, "always"));
  });
  for (int i = 0; i < 200; ++i) {
    ring.replace({configured_key("always", false), configured_key(i % 2 == 0 ? "b" : "a", false)});
    EXPECT_EQ(opens(ring, "b"), i % 2 == 0);
  }
  over = true;
  reader.join();
}

TEST(KeyScope, IsWrittenAndReadAlike) {
  const std::vector<std::pair<std::pair<std::string, std::string>, std::pair<std::string, std::string>>>
      table = {
          {{"all", ""}, {"all", ""}},
          {{"admin", ""}, {"admin", ""}},
          {{"all,admin", ""}, {"all,admin", ""}},
          {{"chat,embeddings,chat", "Llama-*,x"}, {"chat,embeddings", "llama-*,x"}},
          {{"chat,responses,embeddings,reranking,audio,models,files,batches,fine_tunings", ""}, {"all", ""}},
      };
  for (const auto& [in, out] : table) {
    const auto scope = KeyScope::parse(in.first, in.second);
    ASSERT_TRUE(scope) << in.first;
    EXPECT_EQ(scope->endpoints_text(), out.first);
    EXPECT_EQ(scope->models_text(), out.second);
    EXPECT_EQ(KeyScope::parse(out.first, out.second)->endpoints_text(), out.first);
  }
  for (const char* bad : {"", "chats", "chat, models", "ALL", "chat,,models"}) {
    EXPECT_FALSE(KeyScope::parse(bad, "")) << bad;
  }
  EXPECT_FALSE(KeyScope::parse("all", "a,,b"));
  EXPECT_FALSE(KeyScope::parse("all", "a b"));
}

TEST(KeyScope, AllowsWhatItSays) {
  const KeyScope scope = KeyScope::parse("chat,models", "llama-*,openai/gpt-oss-20b").value();
  EXPECT_TRUE(scope.allows(EndpointGroup::kChat));
  EXPECT_FALSE(scope.allows(EndpointGroup::kEmbeddings));
  EXPECT_FALSE(scope.allows(EndpointGroup::kAdmin));
  EXPECT_FALSE(scope.allows_all());
  EXPECT_TRUE(KeyScope().allows_all());
  EXPECT_FALSE(KeyScope().allows(EndpointGroup::kAdmin));
  for (const char* model : {"llama-", "LLAMA-3.2", "OpenAI/GPT-OSS-20b"})
    EXPECT_TRUE(scope.allows_model(model));
  for (const char* model : {"", "llama", "xllama-3", "openai/gpt-oss-20b-x"}) {
    EXPECT_FALSE(scope.allows_model(model)) << model;
  }
  EXPECT_TRUE(KeyScope().allows_model("anything"));
}

}  // namespace
}  // namespace peregrine::service
