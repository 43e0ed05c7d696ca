#include "base/log_render.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <iterator>

#include "base/utf8.h"

namespace peregrine::base {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

void append_visible(std::string& out, std::string_view text, bool quoted) {
  for (const char c : text) {
    if (is_control(c)) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
      continue;
    }
    if (quoted && (c == '"' || c == '\\')) out += '\\';
    out += c;
  }
}

void append_text_value(std::string& out, std::string_view text) {
  const bool plain = !text.empty() && text.find_first_of(" \"=\\") == std::string_view::npos;
  if (!plain) out += '"';
  append_visible(out, text, !plain);
  if (!plain) out += '"';
}

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : utf8_sanitize(text)) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (is_control(c)) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

// A number, as both formats have it; JSON knows no infinity.
std::string number_text(const LogField& field) {
  if (const auto* whole = std::get_if<std::int64_t>(&field.value)) return fmt::format("{}", *whole);
  const double value = std::get<double>(field.value);
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : "0";
}

}  // namespace

std::string_view log_level_name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
    case LogLevel::kOff:
      return "off";
  }
  return "info";
}

std::string render_log_text(std::string_view line, std::string_view request_id,
                            std::span<const LogField> fields) {
  std::string out;
  append_visible(out, line, false);
  if (!request_id.empty()) {
    out += " request_id=";
    append_text_value(out, request_id);
  }
  for (const LogField& field : fields) {
    out.append(" ").append(field.name).append("=");
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      append_text_value(out, *text);
    } else {
      out += number_text(field);
    }
  }
  return out;
}

std::string render_log_json(std::chrono::system_clock::time_point time, LogLevel level, std::string_view line,
                            std::string_view request_id, std::span<const LogField> fields) {
  const auto since = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(since).count();
  const auto milliseconds = (since % std::chrono::seconds(1)).count();
  std::string out = fmt::format(R"({{"time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}","message":)",
                                fmt::gmtime(seconds), milliseconds, log_level_name(level));
  append_json_text(out, line);
  if (!request_id.empty()) {
    out += R"(,"request_id":)";
    append_json_text(out, request_id);
  }
  for (const LogField& field : fields) {
    out += ',';
    append_json_text(out, field.name);
    out += ':';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      append_json_text(out, *text);
    } else {
      out += number_text(field);
    }
  }
  out += '}';
  return out;
}

}  // namespace peregrine::base
