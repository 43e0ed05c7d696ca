#include "http/sse.h"

#include <algorithm>

namespace peregrine::http {
namespace {

void append_on_one_line(std::string& out, std::string_view text) {
  for (const char c : text) out += c == '\r' || c == '\n' ? ' ' : c;
}

}  // namespace

void append_sse_event(std::string& out, std::string_view data, std::string_view event) {
  if (!event.empty()) {
    out += "event: ";
    append_on_one_line(out, event);
    out += '\n';
  }
  for (;;) {
    const std::size_t end = std::min(data.find_first_of("\r\n"), data.size());
    out.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == data.size()) break;
    data.remove_prefix(data.substr(end, 2) == "\r\n" ? end + 2 : end + 1);
  }
  out += '\n';
}

std::string sse_event(std::string_view data, std::string_view event) {
  std::string out;
  out.reserve(data.size() + event.size() + 32);
  append_sse_event(out, data, event);
  return out;
}

std::string sse_comment(std::string_view text) {
  std::string out = ": ";
  append_on_one_line(out, text);
  out += "\n\n";
  return out;
}

}  // namespace peregrine::http
