#include "api/door/trace_context.h"

#include <algorithm>

namespace peregrine::api {
namespace {

// version "-" trace-id "-" parent-id "-" flags
constexpr std::size_t kVersionDigits = 2;
constexpr std::size_t kTraceDigits = 32;
constexpr std::size_t kSpanDigits = 16;
constexpr std::size_t kFlagDigits = 2;
constexpr std::size_t kWhole = kVersionDigits + kTraceDigits + kSpanDigits + kFlagDigits + 3;

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

std::optional<TraceContext> parse_traceparent(std::string_view value) {
  if (value.size() < kWhole) return std::nullopt;
  std::string_view rest = value;
  bool separated = true;
  const auto take = [&](std::size_t digits) {
    const std::string_view field = rest.substr(0, digits);
    rest.remove_prefix(digits);
    if (!rest.empty()) {
      separated = separated && rest.front() == '-';
      rest.remove_prefix(1);
    }
    return field;
  };
  const std::string_view version = take(kVersionDigits);
  const std::string_view trace = take(kTraceDigits);
  const std::string_view span = take(kSpanDigits);
  const std::string_view flags = take(kFlagDigits);
  if (!separated || !is_hex(version) || version == "ff" || !is_hex(flags)) return std::nullopt;
  // Later versions may have more fields.
  if (version == "00" && value.size() != kWhole) return std::nullopt;
  if (!is_id(trace) || !is_id(span)) return std::nullopt;
  return TraceContext{std::string(trace), std::string(span)};
}

std::optional<TraceContext> trace_context_of(const http::Headers& headers) {
  constexpr std::string_view kName = "traceparent";
  const auto named = [&](const http::Header& field) { return http::equal_ignoring_case(field.name, kName); };
  if (std::count_if(headers.begin(), headers.end(), named) != 1) return std::nullopt;
  return parse_traceparent(headers.get(kName));
}

}  // namespace peregrine::api
