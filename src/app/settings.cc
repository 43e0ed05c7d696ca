#include "app/settings.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>

#include "app/kv_type.h"

namespace peregrine::app {
namespace {

// Reads one table, key by key; what is left unread at the end is a mistake of the operator.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string prefix, std::string file)
      : table_(table), prefix_(std::move(prefix)), file_(std::move(file)) {}

  template <class Int>
  void integer(std::string_view key, Int& out, std::int64_t min, std::int64_t max) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < min || *value > max) {
      return wrong(key, *node, fmt::format("must be an integer from {} to {}", min, max));
    }
    out = static_cast<Int>(*value);
  }

  void text(std::string_view key, std::string& out) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    if (auto value = node->value_exact<std::string>()) {
      out = *value;
    } else {
      wrong(key, *node, "must be a string");
    }
  }

  void boolean(std::string_view key, bool& out) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    if (auto value = node->value_exact<bool>()) {
      out = *value;
    } else {
      wrong(key, *node, "must be true or false");
    }
  }

  template <class T>
  void list(std::string_view key, std::vector<T>& out) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return wrong(key, *node, "must be an array of strings");
    out.clear();
    for (const toml::node& item : *array) {
      auto value = item.value_exact<std::string>();
      if (!value) return wrong(key, item, "must be an array of strings");
      out.emplace_back(*value);
    }
  }

  void bytes(std::string_view key, std::uint64_t& out) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    const std::string value =
        node->is_integer() ? std::to_string(node->as_integer()->get()) : node->value_or<std::string>("");
    if (auto parsed = parse_bytes(value)) {
      out = *parsed;
    } else {
      wrong(key, *node, parsed.error().message);
    }
  }

  // Every key of this table, with a string each.
  void texts(std::map<std::string, std::filesystem::path>& out) {
    for (const auto& [key, node] : table_) {
      std::string value;
      text(key.str(), value);
      out[std::string(key.str())] = value;
    }
  }

  // The table under `key`, read by `read`.
  template <class F>
  void table(std::string_view key, F read) {
    const toml::node* node = take(key);
    if (node == nullptr) return;
    if (const toml::table* inner = node->as_table()) {
      TableReader reader(*inner, prefix_ + std::string(key) + ".", file_);
      read(reader);
      if (auto status = reader.finish(); !status && !error_) error_ = status.error();
    } else {
      wrong(key, *node, "must be a table");
    }
  }

  // Every key of this table, with a table each.
  template <class F>
  void tables(F read) {
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      table(name, [&](TableReader& inner) { read(name, inner); });
    }
  }

  void wrong(std::string_view key, const toml::node& node, const std::string& what) {
    if (error_) return;
    const auto where = node.source().begin;
    error_ = Error{ErrorCode::kInvalidArgument, fmt::format("'{}{}' {}", prefix_, key, what),
                   fmt::format("{}:{}:{}", file_, where.line, where.column)};
  }

  Status finish() {
    for (const auto& [key, node] : table_) {
      if (std::find(taken_.begin(), taken_.end(), key.str()) == taken_.end()) {
        wrong(key.str(), node, "is not a setting; see docs/configuration.md");
      }
    }
    if (error_) return tl::unexpected(*error_);
    return {};
  }

 private:
  const toml::node* take(std::string_view key) {
    taken_.emplace_back(key);
    return table_.get(key);
  }

  const toml::table& table_;
  std::string prefix_;
  std::string file_;
  std::vector<std::string> taken_;
  std::optional<Error> error_;
};

constexpr std::int64_t kMaxSmall = 1 << 20;

void read_server(TableReader& table, Settings& s) {
  std::int64_t max_request = s.max_request.count();
  std::int64_t drain = s.drain.count();
  table.text("host", s.host);
  table.integer("port", s.port, 0, 65535);
  table.list("keys", s.keys);
  table.list("admin_keys", s.admin_keys);
  table.list("allowed_hosts", s.allowed_hosts);
  table.list("cors_origins", s.cors_origins);
  table.integer("max_connections", s.max_connections, 1, kMaxSmall);
  table.bytes("max_body", s.max_body_bytes);
  table.integer("max_request_seconds", max_request, 1, 7 * 86400);
  table.integer("drain_seconds", drain, 0, 86400);
  table.integer("requests_per_day", s.requests_per_day, 1, std::numeric_limits<std::int64_t>::max());
  table.integer("tokens_per_minute", s.tokens_per_minute, 1, std::numeric_limits<std::int64_t>::max());
  s.max_request = std::chrono::seconds(max_request);
  s.drain = std::chrono::seconds(drain);
}

void read_responses(TableReader& table, Settings& s) {
  constexpr std::int64_t kMaxDays = 36'500;
  constexpr std::int64_t kMaxStored = 10'000'000;
  table.boolean("store", s.store_responses);
  table.integer("retention_days", s.responses_retention_days, 1, kMaxDays);
  table.integer("max_stored", s.responses_max_stored, 1, kMaxStored);
}

service::Limits read_limits(TableReader& table) {
  service::Limits limits;
  for (const service::LimitFacts& facts : service::limit_facts()) {
    constexpr std::int64_t kAbsent = -1;
    std::int64_t value = kAbsent;
    table.integer(facts.name, value, 0, service::kMaxLimit);
    if (value != kAbsent) limits.set(facts.kind, value);
  }
  return limits;
}

void read_limit_rules(TableReader& table, service::LimitRules& rules) {
  rules.defaults = read_limits(table);
  const auto read_named = [&](const char* key, auto& rows) {
    table.table(key, [&](TableReader& named) {
      named.tables([&](const std::string& name, TableReader& inner) { rows[name] = read_limits(inner); });
    });
  };
  read_named("models", rules.models);
  read_named("keys", rules.keys);
  read_named("organisations", rules.organisations);
}

void read_files(TableReader& table, Settings& s) {
  constexpr std::int64_t kMaxDays = 36'500;
  table.boolean("store", s.store_files);
  table.bytes("max_file", s.files_max_bytes);
  table.bytes("max_total", s.files_max_total_bytes);
  table.integer("retention_days", s.files_retention_days, 1, kMaxDays);
}

void read_audio(TableReader& table, Settings& s) {
  table.boolean("allow_urls", s.allow_audio_urls);
  table.bytes("max_file", s.max_audio_bytes);
  table.integer("max_running", s.speech.max_running, 1, 64);
  table.integer("max_queued", s.speech.max_queued, 1, 1 << 16);
}

void read_pulls(TableReader& table, Settings& s) {
  table.boolean("allow", s.allow_pulls);
  table.boolean("allow_private", s.allow_private_pulls);
}

void read_engine(TableReader& table, Settings& s, std::string& kv_type) {
  engine::EngineOptions& e = s.engine;
  table.integer("threads", s.threads, 0, 1024);
  table.integer("max_context", e.max_context, 0, 1 << 24);
  table.bytes("kv_memory", e.kv_bytes);
  table.text("kv_type", kv_type);
  table.integer("max_sequences", e.max_sequences, 1, 4096);
  table.integer("max_queued", e.max_queued, 1, kMaxSmall);
  table.integer("step_tokens", e.step_tokens, 16, 16384);
  table.integer("decode_latency_ms", e.decode_latency_ms, 0, engine::kMaxDecodeLatencyMs);
  table.boolean("prefix_cache", e.prefix_cache);
  table.boolean("speculation", e.speculation);
}

}  // namespace

std::optional<base::LogLevel> parse_log_level(std::string_view text) {
  if (text == "debug") return base::LogLevel::kDebug;
  if (text == "info") return base::LogLevel::kInfo;
  if (text == "warning") return base::LogLevel::kWarning;
  if (text == "error") return base::LogLevel::kError;
  if (text == "off") return base::LogLevel::kOff;
  return std::nullopt;
}

std::optional<base::LogFormat> parse_log_format(std::string_view text) {
  if (text == "text") return base::LogFormat::kText;
  if (text == "json") return base::LogFormat::kJson;
  return std::nullopt;
}

Status read_settings_file(const std::filesystem::path& path, Settings& settings) {
  constexpr std::size_t kMaxFileBytes = 1 << 20;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return fail(ErrorCode::kNotFound, "cannot open the configuration file", path.string());
  std::string content(std::istreambuf_iterator<char>(stream), {});
  if (content.size() > kMaxFileBytes) {
    return fail(ErrorCode::kResourceExhausted, "is over 1 MiB; that is no configuration file", path.string());
  }
  toml::table root;
  try {
    root = toml::parse(content, path.string());
  } catch (const toml::parse_error& error) {
    const auto where = error.source().begin;
    return fail(ErrorCode::kInvalidArgument, std::string(error.description()),
                fmt::format("{}:{}:{}", path.string(), where.line, where.column));
  }
  std::string kv_type(kv_type_name(settings.engine.kv_dtype));
  std::string log_level = "info";
  std::string log_format = "text";
  std::string data_dir = settings.data_dir.string();
  std::string models_dir = settings.models_dir.string();
  std::string weights_dir = settings.weights_dir.string();
  TableReader reader(root, "", path.string());
  reader.list("models", settings.models);
  reader.text("data_dir", data_dir);
  reader.text("models_dir", models_dir);
  reader.text("weights_dir", weights_dir);
  reader.text("log_level", log_level);
  reader.text("log_format", log_format);
  reader.bytes("memory", settings.memory_bytes);
  reader.table("draft_models", [&](TableReader& table) { table.texts(settings.draft_models); });
  reader.table("server", [&](TableReader& table) { read_server(table, settings); });
  reader.table("responses", [&](TableReader& table) { read_responses(table, settings); });
  reader.table("limits", [&](TableReader& table) { read_limit_rules(table, settings.limits); });
  reader.table("usage", [&](TableReader& table) { table.boolean("keep", settings.keep_usage); });
  reader.table("files", [&](TableReader& table) { read_files(table, settings); });
  reader.table("batches", [&](TableReader& table) {
    table.integer("max_running", settings.batches_max_running, 1, kMaxSmall);
  });
  reader.table("pulls", [&](TableReader& table) { read_pulls(table, settings); });
  reader.table("audio", [&](TableReader& table) { read_audio(table, settings); });
  reader.table("engine", [&](TableReader& table) { read_engine(table, settings, kv_type); });
  PEREGRINE_TRY(reader.finish());
  settings.data_dir = data_dir;
  settings.models_dir = models_dir;
  settings.weights_dir = weights_dir;
  const auto kv_dtype = parse_kv_type(kv_type);
  if (!kv_dtype) {
    return fail(ErrorCode::kInvalidArgument, "'engine.kv_type' must be \"f16\", \"q8_0\" or \"f32\"",
                path.string());
  }
  settings.engine.kv_dtype = *kv_dtype;
  const auto level = parse_log_level(log_level);
  if (!level) {
    return fail(ErrorCode::kInvalidArgument, "'log_level' must be debug, info, warning, error or off",
                path.string());
  }
  settings.log_level = *level;
  const auto format = parse_log_format(log_format);
  if (!format) {
    return fail(ErrorCode::kInvalidArgument, "'log_format' must be \"text\" or \"json\"", path.string());
  }
  settings.log_format = *format;
  return {};
}

std::filesystem::path default_data_dir() {
  if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg != nullptr && *xdg != '\0') {
    return std::filesystem::path(xdg) / "peregrine";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    return std::filesystem::path(home) / ".local" / "share" / "peregrine";
  }
  return "peregrine-data";
}

Result<std::uint64_t> parse_bytes(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, unsigned>, 9> kUnits = {{{"", 0},
                                                                            {"B", 0},
                                                                            {"KiB", 10},
                                                                            {"MiB", 20},
                                                                            {"GiB", 30},
                                                                            {"TiB", 40},
                                                                            {"K", 10},
                                                                            {"M", 20},
                                                                            {"G", 30}}};
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (error == std::errc()) {
    for (const auto& [name, shift] : kUnits) {
      if (unit == name && number <= (std::numeric_limits<std::uint64_t>::max() >> shift))
        return number << shift;
    }
  }
  return fail(ErrorCode::kInvalidArgument, "must be a size such as 512MiB or 4GiB");
}

bool is_loopback(std::string_view host) {
  if (host == "localhost") return true;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(host), error);
  return !error && address.is_loopback();
}

Status check_settings(const Settings& settings) {
  for (const auto& [name, keys] :
       {std::pair("server.keys", &settings.keys), std::pair("server.admin_keys", &settings.admin_keys)}) {
    for (const std::string& key : *keys) {
      if (key.empty()) return fail(ErrorCode::kInvalidArgument, "a key may not be empty", name);
    }
  }
  return {};
}

Status check_reach(const Settings& settings, bool open) {
  if (!open || is_loopback(settings.host)) return {};
  return fail(ErrorCode::kPermissionDenied,
              fmt::format("refusing to listen on {} without keys: anyone who reaches it could use it. Make a "
                          "key (peregrine keys create), set server.keys in a configuration file (--config "
                          "FILE), or listen on 127.0.0.1",
                          settings.host),
              "--host");
}

}  // namespace peregrine::app
