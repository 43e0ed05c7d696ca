// Everything an operator can set: defaults, then the TOML file, then the command line. Filled once here and
// passed down by value, one struct per room.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "engine/engine.h"
#include "service/limits/limits.h"
#include "speech/transcriber.h"

namespace peregrine::app {

struct Settings {
  std::vector<std::filesystem::path> models;
  std::map<std::string, std::filesystem::path> draft_models;  // by id of the model they guess for
  std::filesystem::path models_dir;   // served besides `models` when they are asked for; empty: no folder
  std::filesystem::path weights_dir;  // weights as they are computed with, for faster starts; empty: not kept
  std::filesystem::path data_dir;     // empty: see default_data_dir()

  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::vector<std::string> keys;           // bearer keys besides those of the data folder
  std::vector<std::string> admin_keys;     // likewise, for administration as well
  std::vector<std::string> allowed_hosts;  // Host headers accepted besides loopback's
  std::vector<std::string> cors_origins;
  std::uint32_t max_connections = 1024;
  std::uint64_t max_body_bytes = 32ULL << 20;
  std::chrono::seconds max_request{4 * 3600};  // from a request's head to the end of its answer
  std::chrono::seconds drain{30};              // how long running requests may take to finish after SIGTERM
  std::uint64_t requests_per_day = 14400;      // shown in rate-limit headers where nothing is limited
  std::uint64_t tokens_per_minute = 1000000;

  bool store_responses = true;                  // false: `store: true` is refused
  std::uint32_t responses_retention_days = 30;  // stored responses older than that are deleted
  std::uint32_t responses_max_stored = 10'000;  // beyond it, the oldest are

  bool store_files = true;                       // false: the Files API is not served
  std::uint64_t files_max_bytes = 100ULL << 20;  // of one upload
  std::uint64_t files_max_total_bytes = 10ULL << 30;
  std::uint32_t files_retention_days = 30;  // older ones are deleted

  service::LimitRules limits;
  bool keep_usage = true;  // the ledger

  bool allow_pulls = false;          // models are fetched when an administrator orders it
  bool allow_private_pulls = false;  // also from addresses that are not public

  bool allow_audio_urls = false;                 // recordings at addresses that clients name are fetched
  std::uint64_t max_audio_bytes = 100ULL << 20;  // of one recording

  unsigned threads = 0;            // for the engine; 0: one per core
  std::uint64_t memory_bytes = 0;  // budget; 0: 80 % of what this process may use
  engine::EngineOptions engine;
  speech::TranscriberOptions speech;
  base::LogLevel log_level = base::LogLevel::kInfo;
  base::LogFormat log_format = base::LogFormat::kText;
  std::uint32_t batches_max_running = 16;  // lines of batches that are answered at once
};

// Reads `path` over `settings`. Errors name the file and the key, with line and column; keys that are not
// known are errors too.
Status read_settings_file(const std::filesystem::path& path, Settings& settings);

// $XDG_DATA_HOME/peregrine or ~/.local/share/peregrine.
std::filesystem::path default_data_dir();

std::optional<base::LogLevel> parse_log_level(std::string_view text);
std::optional<base::LogFormat> parse_log_format(std::string_view text);

// "4GiB", "512 MiB", "1000000": bytes.
Result<std::uint64_t> parse_bytes(std::string_view text);

// True for addresses and names that only this machine can reach.
bool is_loopback(std::string_view host);

// What cannot be served at all, before anything is opened.
Status check_settings(const Settings& settings);

// A server that is `open`, as it has no keys, may listen on loopback only.
Status check_reach(const Settings& settings, bool open);

}  // namespace peregrine::app
