#include "api/page/negotiate.h"

#include "http/message.h"

namespace peregrine::api {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes what stands before the next `separator` off `rest`.
std::string_view next(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view item = trimmed(rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return item;
}

// "q=0", "q=0.0", "q=0.000".
bool excludes(std::string_view parameter) {
  if (parameter.size() < 3 || !http::equal_ignoring_case(parameter.substr(0, 2), "q=")) return false;
  return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool accepts(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    std::string_view item = next(list, ',');
    if (!http::equal_ignoring_case(next(item, ';'), name)) continue;
    bool excluded = false;
    while (!item.empty()) excluded = excludes(next(item, ';')) || excluded;
    return !excluded;
  }
  return false;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    std::string_view tag = next(if_none_match, ',');
    if (tag == "*") return true;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

}  // namespace peregrine::api
