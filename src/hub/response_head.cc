#include "hub/response_head.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "hub/limits.h"

namespace peregrine::hub {
namespace {

constexpr std::size_t kSha256Digits = 64;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
  return text.substr(1, text.size() - 2);
}

// Takes what stands before `separator` off the front of `text`; all of it when there is none.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view front = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return front;
}

}  // namespace

void ResponseHead::clear() {
  *this = {};
}

bool ResponseHead::add_line(std::string_view line) {
  const std::size_t bytes = bytes_ + line.size();
  if (bytes > kMaxHeaderBytes || headers_.size() >= kMaxHeaders) return false;
  if (line.starts_with("HTTP/")) {
    clear();
    const std::size_t blank = line.find(' ');
    if (blank != std::string_view::npos) {
      const auto code = parse_decimal(line.substr(blank + 1, 3));
      status_ = code ? static_cast<int>(*code) : 0;
    }
  } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    headers_.emplace_back(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
  }
  bytes_ = bytes;
  return true;
}

bool ResponseHead::is_redirect() const {
  return status_ == 301 || status_ == 302 || status_ == 303 || status_ == 307 || status_ == 308;
}

std::string_view ResponseHead::get(std::string_view name) const {
  const auto found = std::find_if(headers_.begin(), headers_.end(),
                                  [name](const auto& header) { return header.first == name; });
  return found == headers_.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<ContentRange> parse_content_range(std::string_view text) {
  constexpr std::string_view kUnit = "bytes ";
  if (!text.starts_with(kUnit)) return std::nullopt;
  text.remove_prefix(kUnit.size());
  const auto first = parse_decimal(take_until(text, '-'));
  const auto last = parse_decimal(take_until(text, '/'));
  const auto total = parse_decimal(text);
  if (!first || !last || !total || *first > *last || *last >= *total) return std::nullopt;
  return ContentRange{*first, *last, *total};
}

std::optional<std::string> parse_sha256(std::string_view text) {
  const bool hex =
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (text.size() != kSha256Digits || !hex) return std::nullopt;
  return lower(text);
}

std::optional<std::string> sha256_of_etag(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  return parse_sha256(unquoted(etag));
}

std::string strong_etag(std::string_view etag) {
  const bool strong = etag.size() > 2 && etag.front() == '"' && etag.back() == '"' &&
                      etag.substr(1, etag.size() - 2).find('"') == std::string_view::npos;
  return strong ? std::string(etag) : std::string();
}

std::chrono::seconds parse_retry_after(std::string_view text) {
  const auto seconds = parse_decimal(text);
  if (!seconds) return std::chrono::seconds(0);
  const auto most = static_cast<std::uint64_t>(kMaxRetryAfter.count());
  return std::chrono::seconds(std::min(*seconds, most));
}

std::string next_link(std::string_view link) {
  // A target may hold commas and semicolons, so it is cut at its angle brackets.
  while (!link.empty()) {
    take_until(link, '<');
    const std::string_view target = take_until(link, '>');
    const std::string_view parameters = link.substr(0, link.find('<'));
    if (parameters.find("rel=\"next\"") != std::string_view::npos) return std::string(target);
  }
  return {};
}

}  // namespace peregrine::hub
