#include "http/response_head.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <ctime>
#include <iterator>

namespace peregrine::http {
namespace {

constexpr std::array<std::string_view, 5> kServerFields = {"content-length", "transfer-encoding",
                                                           "connection", "keep-alive", "date"};

bool is_server_field(std::string_view name) {
  return std::any_of(kServerFields.begin(), kServerFields.end(),
                     [name](std::string_view field) { return equal_ignoring_case(field, name); });
}

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7F &&
           std::string_view("\"(),/:;<=>?@[\\]{}").find(static_cast<char>(c)) == std::string_view::npos;
  });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  std::transform(value.begin(), value.end(), std::back_inserter(out), [](unsigned char c) {
    const bool control = (c < 0x20 && c != '\t') || c == 0x7F;
    return control ? ' ' : static_cast<char>(c);
  });
  out.append("\r\n");
}

void append_if_allowed(std::string& out, const Header& field) {
  if (is_token(field.name) && !is_server_field(field.name)) append_field(out, field.name, field.value);
}

std::string_view reason(unsigned status) {
  const auto known = boost::beast::http::int_to_status(status);
  if (known == boost::beast::http::status::unknown) return {};
  return boost::beast::http::obsolete_reason(known);
}

}  // namespace

bool status_has_no_body(unsigned status) {
  return status < 200 || status == 204 || status == 304;
}

std::string render_head(const ResponseHead& head, const Headers& own, const Headers& common,
                        std::string_view date) {
  std::string out;
  out.reserve(512);
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", head.status, reason(head.status));
  for (const Header& field : own) append_if_allowed(out, field);
  for (const Header& field : common) {
    if (!own.contains(field.name)) append_if_allowed(out, field);
  }
  append_field(out, "date", date);
  if (head.framing == Framing::kLength) {
    fmt::format_to(std::back_inserter(out), "content-length: {}\r\n", head.length);
  } else if (head.framing == Framing::kChunked) {
    out.append("transfer-encoding: chunked\r\n");
  }
  if (!head.keep_alive) {
    out.append("connection: close\r\n");
  } else if (head.http_1_0) {
    out.append("connection: keep-alive\r\n");
  }
  out.append("\r\n");
  return out;
}

std::string http_date(std::int64_t unix_seconds) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(static_cast<std::time_t>(unix_seconds)));
}

}  // namespace peregrine::http
