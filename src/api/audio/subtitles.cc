#include "api/audio/subtitles.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string_view>

namespace peregrine::api {
namespace {

constexpr std::string_view kBlank = " \t\r\n\v\f";
constexpr double kMaxSeconds = 1e9;

// One line without blanks at its ends: an empty line would end the cue.
std::string one_line(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  std::string line(text.substr(begin, text.find_last_not_of(kBlank) - begin + 1));
  for (char& c : line) {
    if (c == '\n' || c == '\r' || c == '\v' || c == '\f') c = ' ';
  }
  return line;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

std::string srt_text(std::string_view text) {
  std::string line = one_line(text);
  // What is left of a longer arrow must be none, either.
  for (std::size_t at; (at = line.find("-->")) != std::string::npos;) line.erase(at, 1);
  return line;
}

// Cue text is markup; escaped, an arrow is none.
std::string vtt_text(std::string_view text) {
  std::string line = one_line(text);
  replace_all(line, "&", "&amp;");
  replace_all(line, "<", "&lt;");
  replace_all(line, ">", "&gt;");
  return line;
}

}  // namespace

std::string cue_time(double seconds, char point) {
  const double known = std::isfinite(seconds) ? std::min(std::max(seconds, 0.0), kMaxSeconds) : 0.0;
  constexpr std::uint64_t kMillis = 1000;
  const auto all = static_cast<std::uint64_t>(std::llround(known * static_cast<double>(kMillis)));
  const std::uint64_t whole = all / kMillis;
  return fmt::format("{:02}:{:02}:{:02}{}{:03}", whole / 3600, whole / 60 % 60, whole % 60, point,
                     all % kMillis);
}

std::string render_srt(std::span<const speech::Segment> segments) {
  std::string out;
  std::uint32_t number = 0;
  for (const speech::Segment& segment : segments) {
    const std::string text = srt_text(segment.text);
    if (text.empty()) continue;
    out += fmt::format("{}\n{} --> {}\n{}\n\n", ++number, cue_time(segment.start, ','),
                       cue_time(segment.end, ','), text);
  }
  return out;
}

std::string render_vtt(std::span<const speech::Segment> segments) {
  std::string out = "WEBVTT\n\n";
  for (const speech::Segment& segment : segments) {
    const std::string text = vtt_text(segment.text);
    if (text.empty()) continue;
    out += fmt::format("{} --> {}\n{}\n\n", cue_time(segment.start, '.'), cue_time(segment.end, '.'), text);
  }
  return out;
}

}  // namespace peregrine::api
