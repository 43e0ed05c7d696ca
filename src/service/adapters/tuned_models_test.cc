// The service over a store in memory, blobs on disk and a base that is nothing but its tensors.
#include "service/adapters/tuned_models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "model/lora/adapter.h"
#include "service/adapters/adapter_cache.h"
#include "service/adapters/testing/tuning_room.h"
#include "service/limits/limits.h"

namespace peregrine::service {
namespace {

using testing::adapter_zip;
using testing::FileRoom;
using ::testing::HasSubstr;

class TunedModelsTest : public ::testing::Test {
 protected:
  std::string upload(std::string_view content, const std::string& filename = "adapter.zip",
                     const std::string& purpose = "fine_tuning") {
    return room_.upload(content, "acme", filename, purpose);
  }
  NewAdapter order(std::string file) const {
    return {.organisation = "acme",
            .name = "pirate",
            .type = "lora",
            .base_model = "ORG/base",
            .input_file_id = std::move(file)};
  }
  std::set<std::string> blobs() const { return FileRoom::names_of(room_.contents); }
  std::filesystem::path adapters() const { return room_.room.folder.path() / "adapters"; }

  testing::TuningRoom room_{{"org/base", "ORG/base"}};
  Files& files_ = room_.room.files;
  TunedModels& tuned_ = room_.tuned;
};

TEST(TunedId, IsTakenApart) {
  const std::string id = make_tuned_id("org/base:4b", "acme", "pirate");
  EXPECT_THAT(id, ::testing::MatchesRegex("ft:org/base:4b:acme/pirate-[0-9a-f]{12}"));
  EXPECT_EQ(tuned_base(id), "org/base:4b");
  EXPECT_TRUE(is_tuned_id("FT:base:acme/x-0"));
  for (const char* none :
       {"", "ft:", "ft::a/b", "ft:a", "ft:a:b", "ft:a:/b", "ft:a:b/", "xt:a:b/c", "base"}) {
    EXPECT_FALSE(is_tuned_id(none)) << none;
    EXPECT_EQ(tuned_base(none), "") << none;
  }
}

TEST(TunedId, HasTheLimitsOfItsBaseUnlessItHasItsOwn) {
  LimitRules rules;
  rules.defaults.set(LimitKind::kRequestsPerMinute, 100);
  rules.models["base"].set(LimitKind::kRequestsPerMinute, 10);
  rules.models["ft:base:acme/b-1"].set(LimitKind::kRequestsPerMinute, 20);
  const auto limit = [&](std::string_view model) {
    return rules.of_key("", "", {}, model)[LimitKind::kRequestsPerMinute];
  };
  EXPECT_EQ(limit("base"), 10);
  EXPECT_EQ(limit("ft:base:acme/a-1"), 10);
  EXPECT_EQ(limit("ft:base:acme/b-1"), 20);
  EXPECT_EQ(limit("ft:other:acme/a-1"), 100);
}

TEST_F(TunedModelsTest, AreMadeKeptAndRead) {
  const std::string file = upload(adapter_zip());
  const auto made = tuned_.create(order(file));
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_THAT(made->id, ::testing::StartsWith("ft_"));
  EXPECT_EQ(made->base_model, "org/base");
  EXPECT_EQ(made->input_file_id, file);
  EXPECT_THAT(made->fine_tuned_model, ::testing::StartsWith("ft:org/base:acme/pirate-"));
  EXPECT_NEAR(static_cast<double>(made->created_at), static_cast<double>(std::time(nullptr)), 5.0);
  EXPECT_EQ(tuned_.find(made->id, "acme").value(), *made);
  EXPECT_EQ(tuned_.find_model(made->fine_tuned_model, "acme").value(), *made);
  std::string shouted = made->fine_tuned_model;
  for (char& c : shouted) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  EXPECT_EQ(tuned_.find_model(shouted, "acme").value(), *made);
  EXPECT_EQ(tuned_.resolve(shouted).value(), *made);
  EXPECT_EQ(tuned_.list("acme").value(), std::vector{*made});
  EXPECT_EQ(blobs(), std::set<std::string>{made->id});
  // The file that it came as may go.
  ASSERT_TRUE(files_.remove(file, "acme").value());
  const auto weights = tuned_.load(*made);
  ASSERT_TRUE(weights) << weights.error().text();
  EXPECT_EQ(weights->layers.size(), 1U);
}

TEST_F(TunedModelsTest, AreOfOneOrganisation) {
  const auto made = tuned_.create(order(upload(adapter_zip())));
  ASSERT_TRUE(made);
  EXPECT_FALSE(tuned_.find(made->id, "other").value());
  EXPECT_FALSE(tuned_.find_model(made->fine_tuned_model, "other").value());
  EXPECT_TRUE(tuned_.list("other").value().empty());
  EXPECT_FALSE(tuned_.remove(made->id, "other").value());
  NewAdapter theirs = order(made->input_file_id);
  theirs.organisation = "other";
  const auto stolen = tuned_.create(theirs);
  ASSERT_FALSE(stolen);
  EXPECT_EQ(stolen.error().code, ErrorCode::kNotFound);
}

TEST_F(TunedModelsTest, AreGoneWithTheirContent) {
  const auto made = tuned_.create(order(upload(adapter_zip())));
  ASSERT_TRUE(made);
  EXPECT_TRUE(tuned_.remove(made->id, "acme").value());
  EXPECT_FALSE(tuned_.remove(made->id, "acme").value());
  EXPECT_TRUE(blobs().empty());
  EXPECT_EQ(room_.forgotten, std::vector{made->id});
}

TEST_F(TunedModelsTest, AreRefusedWithoutATrace) {
  const std::string good = upload(adapter_zip());
  const auto refused = [&](auto change, const char* where, const char* message) {
    NewAdapter one = order(good);
    change(one);
    const auto made = tuned_.create(one);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().where, where);
    EXPECT_THAT(made.error().message, HasSubstr(message));
  };
  refused([](NewAdapter& one) { one.type = "ia3"; }, "type", "lora");
  refused([](NewAdapter& one) { one.name = ""; }, "name", "letters");
  refused([](NewAdapter& one) { one.name = "a/b"; }, "name", "letters");
  refused([](NewAdapter& one) { one.name = "a:b"; }, "name", "letters");
  refused([](NewAdapter& one) { one.name = std::string(65, 'a'); }, "name", "64");
  refused([](NewAdapter& one) { one.base_model = "other"; }, "base_model", "does not exist");
  refused([](NewAdapter& one) { one.base_model = "ft:base:acme/x-0"; }, "base_model", "fine-tuned");
  refused([](NewAdapter& one) { one.input_file_id = "file_x"; }, "input_file_id", "no such file");
  const std::string batch = upload("{}", "a.jsonl", "batch");
  refused([&](NewAdapter& one) { one.input_file_id = batch; }, "input_file_id", "purpose");
  const std::string text = upload("hello");
  refused([&](NewAdapter& one) { one.input_file_id = text; }, "input_file_id", "neither a ZIP");
  const std::string integers = upload(adapter_zip("I16"));
  refused([&](NewAdapter& one) { one.input_file_id = integers; }, "input_file_id", "I16");
  room_.write_base("bert");
  refused([](NewAdapter&) {}, "base_model", "take no adapters");
  std::ofstream(room_.base_path(), std::ios::trunc) << "no model";
  refused([](NewAdapter&) {}, "base_model", "takes no adapters");
  EXPECT_TRUE(blobs().empty());
  EXPECT_TRUE(tuned_.list("acme").value().empty());
}

TEST_F(TunedModelsTest, AreCheckedAgainWhenTheyAreRead) {
  const auto made = tuned_.create(order(upload(adapter_zip())));
  ASSERT_TRUE(made);
  room_.write_base("qwen2");
  EXPECT_TRUE(tuned_.load(*made));
  room_.write_base("bert");
  const auto other_base = tuned_.load(*made);
  ASSERT_FALSE(other_base);
  EXPECT_EQ(other_base.error().where, "model");
  room_.write_base("llama");
  std::ofstream(adapters() / made->id, std::ios::app) << "x";
  const auto changed = tuned_.load(*made);
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::kCorrupt);
}

TEST_F(TunedModelsTest, LeftOversGo) {
  const auto made = tuned_.create(order(upload(adapter_zip())));
  ASSERT_TRUE(made);
  std::ofstream(adapters() / "ft_orphan") << "x";
  ASSERT_TRUE(tuned_.tidy(std::time(nullptr)));
  EXPECT_EQ(blobs().size(), 2U) << "a young one may be under way";
  ASSERT_TRUE(tuned_.tidy(std::time(nullptr) + 7200));
  EXPECT_EQ(blobs(), std::set<std::string>{made->id});
}

class Stub final : public model::Adapter {
 public:
  Stub() : Adapter(1) {}
  std::uint64_t bytes() const override { return 1; }
};

TEST(AdapterCache, BindsOnceAndMakesRoom) {
  AdapterCache cache;
  int bound = 0;
  const auto bind = [&]() -> Result<AdapterCache::Bound> {
    ++bound;
    return std::make_shared<const Stub>();
  };
  const auto used = cache.get("a", bind).value();
  EXPECT_EQ(cache.get("a", bind).value(), used);
  EXPECT_EQ(bound, 1);
  ASSERT_TRUE(cache.get("b", bind));
  EXPECT_EQ(cache.size(), 2U);
  // No room: what nobody uses goes, and it is tried again.
  int tries = 0;
  const auto scarce = [&]() -> Result<AdapterCache::Bound> {
    if (++tries == 1) return fail(ErrorCode::kResourceExhausted, "full");
    return std::make_shared<const Stub>();
  };
  ASSERT_TRUE(cache.get("c", scarce));
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_EQ(cache.get("a", bind).value(), used);
  EXPECT_EQ(bound, 2);
  cache.forget("a");
  EXPECT_NE(cache.get("a", bind).value(), used);
  // A failure is not kept.
  EXPECT_FALSE(cache.get("d", [] { return Result<AdapterCache::Bound>(fail(ErrorCode::kCorrupt, "no")); }));
  EXPECT_TRUE(cache.get("d", bind));
}

TEST(AdapterCache, KeepsSoManyIdleOnes) {
  AdapterCache cache;
  const auto bind = [] { return Result<AdapterCache::Bound>(std::make_shared<const Stub>()); };
  for (std::size_t i = 0; i < 2 * kMaxIdleAdapters; ++i) ASSERT_TRUE(cache.get(std::to_string(i), bind));
  EXPECT_LE(cache.size(), kMaxIdleAdapters + 1);
}

}  // namespace
}  // namespace peregrine::service
