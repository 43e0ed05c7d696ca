// The process's log: one line per event on standard error, as text for people or as one JSON object for
// programs. Standard output belongs to commands. Prompts, completions and keys are never logged.
//
// A line is words and fields. While a LogScope lives, what its thread logs is about that request and carries
// its id.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

namespace peregrine::base {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError, kOff };
enum class LogFormat : std::uint8_t { kText, kJson };

struct LogField {
  std::string_view name;  // snake_case, none of those that every line has: time, level, message, request_id
  std::variant<std::string_view, std::int64_t, double> value;
};

void set_log_level(LogLevel level);
void set_log_format(LogFormat format);
bool log_enabled(LogLevel level);
void log_line(LogLevel level, std::string_view line, std::span<const LogField> fields = {});

template <class... Args>
void log(LogLevel level, fmt::format_string<Args...> format, Args&&... args) {
  if (log_enabled(level)) log_line(level, fmt::format(format, std::forward<Args>(args)...));
}

// Of one thread, and not across a suspension of a coroutine. They nest; an empty id is none.
class LogScope {
 public:
  // `request_id` outlives this.
  explicit LogScope(std::string_view request_id);
  LogScope(const LogScope&) = delete;
  LogScope& operator=(const LogScope&) = delete;
  ~LogScope();

 private:
  std::string_view outer_;
};

// One line about a request.
template <class... Args>
void log_about(std::string_view request_id, LogLevel level, fmt::format_string<Args...> format,
               Args&&... args) {
  const LogScope scope(request_id);
  log(level, format, std::forward<Args>(args)...);
}

}  // namespace peregrine::base
