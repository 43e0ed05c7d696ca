#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "base/log_render.h"

namespace peregrine::base {
namespace {

constexpr const char* kTextPattern = "%Y-%m-%dT%H:%M:%S.%e %^%l%$ %v";
constexpr const char* kJsonPattern = "%v";

std::atomic<bool> json{false};
thread_local std::string_view request_of_thread;

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto created = spdlog::stderr_color_mt("peregrine");
    created->set_pattern(kTextPattern);
    return created;
  }();
  return *instance;
}

}  // namespace

void set_log_level(LogLevel level) {
  logger().set_level(to_spdlog(level));
}

void set_log_format(LogFormat format) {
  json = format == LogFormat::kJson;
  logger().set_pattern(json ? kJsonPattern : kTextPattern);
}

bool log_enabled(LogLevel level) {
  return logger().should_log(to_spdlog(level));
}

void log_line(LogLevel level, std::string_view line, std::span<const LogField> fields) {
  if (!log_enabled(level)) return;
  const std::string text =
      json ? render_log_json(std::chrono::system_clock::now(), level, line, request_of_thread, fields)
           : render_log_text(line, request_of_thread, fields);
  logger().log(to_spdlog(level), spdlog::string_view_t(text.data(), text.size()));
}

LogScope::LogScope(std::string_view request_id) : outer_(std::exchange(request_of_thread, request_id)) {}

LogScope::~LogScope() {
  request_of_thread = outer_;
}

}  // namespace peregrine::base
