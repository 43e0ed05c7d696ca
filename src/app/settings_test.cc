#include "app/settings.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace peregrine::app {
namespace {

class SettingsFile : public testing::Test {
 protected:
  Status read(const std::string& content) {
    // Tests run side by side, each in its process.
    const auto path = std::filesystem::path(testing::TempDir()) / fmt::format("settings-{}.toml", ::getpid());
    std::ofstream(path) << content;
    return read_settings_file(path, settings_);
  }
  Settings settings_;
};

TEST_F(SettingsFile, EverySettingArrives) {
  const Status status = read(R"(
    models = ["a.gguf", "b.gguf"]
    data_dir = "/var/lib/peregrine"
    weights_dir = "/var/cache/peregrine"
    log_level = "warning"
    log_format = "json"
    memory = "12GiB"
    [draft_models]
    "a" = "tiny.gguf"
    [server]
    host = "0.0.0.0"
    port = 9000
    keys = ["gsk_one"]
    allowed_hosts = ["gpu.example.org"]
    cors_origins = ["https://chat.example.org"]
    max_connections = 7
    max_body = "1MiB"
    max_request_seconds = 600
    drain_seconds = 5
    requests_per_day = 100
    tokens_per_minute = 200
    admin_keys = ["gsk_root"]
    [limits]
    requests_per_minute = 60
    tokens_per_day = 0
    [limits.models."org/large"]
    tokens_per_minute = 6000
    audio_seconds_per_hour = 7200
    [limits.organisations.acme]
    requests_per_day = 1000
    [limits.keys.lab]
    requests_per_minute = 5
    [usage]
    keep = false
    [responses]
    store = false
    retention_days = 7
    max_stored = 500
    [files]
    store = false
    max_file = "1MiB"
    max_total = "2GiB"
    retention_days = 9
    [audio]
    allow_urls = true
    max_file = "5MiB"
    max_running = 3
    max_queued = 4
    [engine]
    threads = 3
    max_context = 4096
    kv_memory = 1048576
    kv_type = "f32"
    max_sequences = 8
    max_queued = 9
    step_tokens = 64
    decode_latency_ms = 150
    prefix_cache = false
  )");
  ASSERT_TRUE(status) << status.error().text();
  EXPECT_THAT(settings_.models, testing::ElementsAre("a.gguf", "b.gguf"));
  EXPECT_THAT(settings_.draft_models, testing::ElementsAre(testing::Pair("a", "tiny.gguf")));
  EXPECT_EQ(settings_.data_dir, "/var/lib/peregrine");
  EXPECT_EQ(settings_.weights_dir, "/var/cache/peregrine");
  EXPECT_EQ(settings_.log_level, base::LogLevel::kWarning);
  EXPECT_EQ(settings_.log_format, base::LogFormat::kJson);
  EXPECT_EQ(settings_.max_request.count(), 600);
  EXPECT_EQ(settings_.memory_bytes, std::uint64_t{12} << 30);
  EXPECT_EQ(settings_.host, "0.0.0.0");
  EXPECT_EQ(settings_.port, 9000);
  EXPECT_THAT(settings_.keys, testing::ElementsAre("gsk_one"));
  EXPECT_THAT(settings_.allowed_hosts, testing::ElementsAre("gpu.example.org"));
  EXPECT_THAT(settings_.cors_origins, testing::ElementsAre("https://chat.example.org"));
  EXPECT_EQ(settings_.max_connections, 7U);
  EXPECT_EQ(settings_.max_body_bytes, std::uint64_t{1} << 20);
  EXPECT_EQ(settings_.drain.count(), 5);
  EXPECT_EQ(settings_.requests_per_day, 100U);
  EXPECT_EQ(settings_.tokens_per_minute, 200U);
  EXPECT_THAT(settings_.admin_keys, testing::ElementsAre("gsk_root"));
  EXPECT_EQ(settings_.limits.defaults.text(), "rpm=60,tpd=0");
  EXPECT_EQ(settings_.limits.models.at("ORG/Large").text(), "tpm=6000,ash=7200");
  EXPECT_EQ(settings_.limits.organisations.at("acme").text(), "rpd=1000");
  EXPECT_EQ(settings_.limits.keys.at("lab").text(), "rpm=5");
  EXPECT_FALSE(settings_.keep_usage);
  EXPECT_FALSE(settings_.store_files);
  EXPECT_EQ(settings_.files_max_bytes, std::uint64_t{1} << 20);
  EXPECT_EQ(settings_.files_max_total_bytes, std::uint64_t{2} << 30);
  EXPECT_EQ(settings_.files_retention_days, 9U);
  EXPECT_FALSE(settings_.store_responses);
  EXPECT_EQ(settings_.responses_retention_days, 7U);
  EXPECT_EQ(settings_.responses_max_stored, 500U);
  EXPECT_TRUE(settings_.allow_audio_urls);
  EXPECT_EQ(settings_.max_audio_bytes, std::uint64_t{5} << 20);
  EXPECT_EQ(settings_.speech.max_running, 3U);
  EXPECT_EQ(settings_.speech.max_queued, 4U);
  EXPECT_EQ(settings_.threads, 3U);
  EXPECT_EQ(settings_.engine.max_context, 4096U);
  EXPECT_EQ(settings_.engine.kv_bytes, std::uint64_t{1} << 20);
  EXPECT_EQ(settings_.engine.kv_dtype, tensor::DType::kF32);
  EXPECT_EQ(settings_.engine.max_sequences, 8U);
  EXPECT_EQ(settings_.engine.max_queued, 9U);
  EXPECT_EQ(settings_.engine.step_tokens, 64U);
  EXPECT_EQ(settings_.engine.decode_latency_ms, 150U);
  EXPECT_FALSE(settings_.engine.prefix_cache);
}

TEST_F(SettingsFile, KeysAndValuesHaveThreeTypes) {
  EXPECT_EQ(settings_.engine.kv_dtype, tensor::DType::kF16);
  for (const auto& [name, dtype] : {std::pair("q8_0", tensor::DType::kQ8_0),
                                    {"f32", tensor::DType::kF32},
                                    {"f16", tensor::DType::kF16}}) {
    ASSERT_TRUE(read(fmt::format("[engine]\nkv_type = \"{}\"", name)));
    EXPECT_EQ(settings_.engine.kv_dtype, dtype);
  }
}

TEST_F(SettingsFile, MistakesNameTheKeyAndThePlace) {
  struct Row {
    const char* content;
    const char* fragment;
  };
  for (const Row& row : {
           Row{"[server]\nprot = 1", "'server.prot' is not a setting"},
           Row{"nonsense = 1", "'nonsense' is not a setting"},
           Row{"[server]\nport = 70000", "'server.port' must be an integer from 0 to 65535"},
           Row{"[server]\nport = \"80\"", "'server.port' must be an integer"},
           Row{"[server]\nkeys = \"k\"", "'server.keys' must be an array of strings"},
           Row{"[server]\nkeys = [1]", "'server.keys' must be an array of strings"},
           Row{"server = 1", "'server' must be a table"},
           Row{"[engine]\nkv_type = \"q4\"", "'engine.kv_type' must be"},
           Row{"[engine]\nkv_type = \"Q8_0\"", "\"f16\", \"q8_0\" or \"f32\""},
           Row{"[engine]\nkv_memory = \"4 cats\"", "'engine.kv_memory' must be a size"},
           Row{"[engine]\nkv_memory = \"99999999999TiB\"", "'engine.kv_memory' must be a size"},
           Row{"[engine]\nmax_queued = 0", "'engine.max_queued' must be an integer from 1"},
           Row{"[engine]\ndecode_latency_ms = 60001",
               "'engine.decode_latency_ms' must be an integer from 0 to 60000"},
           Row{"[audio]\nmax_running = 65", "'audio.max_running' must be an integer from 1 to 64"},
           Row{"[draft_models]\na = 1", "'draft_models.a' must be a string"},
           Row{"[engine]\nprefix_cache = 1", "'engine.prefix_cache' must be true or false"},
           Row{"[limits]\nrequests_per_hour = 1", "'limits.requests_per_hour' is not a setting"},
           Row{"[limits]\nrequests_per_minute = -1",
               "'limits.requests_per_minute' must be an integer from 0"},
           Row{"[limits.models]\nm = 5", "'limits.models.m' must be a table"},
           Row{"[limits.models.m]\nrpm = 5", "'limits.models.m.rpm' is not a setting"},
           Row{"log_level = \"loud\"", "'log_level' must be"},
           Row{"log_format = \"xml\"", "'log_format' must be"},
           Row{"[server]\nmax_request_seconds = 0", "'server.max_request_seconds' must be an integer from 1"},
           Row{"[server\nport = 1", ".toml:1:"},
       }) {
    settings_ = {};
    const Status status = read(row.content);
    ASSERT_FALSE(status) << row.content;
    EXPECT_THAT(status.error().text(), testing::HasSubstr(row.fragment)) << row.content;
    EXPECT_THAT(status.error().where, testing::HasSubstr("settings-")) << row.content;
  }
}

TEST(Settings, OffLoopbackNeedsKeys) {
  for (const char* host : {"0.0.0.0", "::", "192.168.1.5", "example.org"}) {
    Settings settings;
    settings.host = host;
    EXPECT_FALSE(check_reach(settings, true)) << host;
    EXPECT_TRUE(check_reach(settings, false)) << host;
  }
  for (const char* host : {"127.0.0.1", "localhost", "::1", "127.8.9.1"}) {
    Settings settings;
    settings.host = host;
    EXPECT_TRUE(check_reach(settings, true)) << host;
  }
}

TEST(Settings, AnEmptyKeyWouldLetEveryoneIn) {
  Settings settings;
  settings.keys = {""};
  EXPECT_FALSE(check_settings(settings));
  settings.keys = {"k"};
  EXPECT_TRUE(check_settings(settings));
  settings.admin_keys = {""};
  EXPECT_FALSE(check_settings(settings));
}

}  // namespace
}  // namespace peregrine::app
