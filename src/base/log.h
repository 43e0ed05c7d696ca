// The process's log: one line per event on standard error, with time and level. Standard output belongs to
// commands. Prompts, completions and keys are never logged.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace peregrine::base {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

void set_log_level(LogLevel level);
bool log_enabled(LogLevel level);
void log_line(LogLevel level, std::string_view line);

template <class... Args>
void log(LogLevel level, fmt::format_string<Args...> format, Args&&... args) {
  if (log_enabled(level)) log_line(level, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace peregrine::base
