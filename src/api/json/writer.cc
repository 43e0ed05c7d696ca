#include "api/json/writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/utf8.h"

namespace peregrine::api {
namespace {

// What a byte needs inside a JSON string: 0 nothing, 1 an escape, 2 it is part of a longer character.
constexpr std::array<unsigned char, 256> kByteClass = [] {
  std::array<unsigned char, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = 1;
  table[static_cast<unsigned char>('"')] = 1;
  table[static_cast<unsigned char>('\\')] = 1;
  for (std::size_t i = 0x80; i < 256; ++i) table[i] = 2;
  return table;
}();

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '\\';
  switch (c) {
    case '"':
    case '\\':
      out += c;
      return;
    case '\n':
      out += 'n';
      return;
    case '\r':
      out += 'r';
      return;
    case '\t':
      out += 't';
      return;
    case '\b':
      out += 'b';
      return;
    case '\f':
      out += 'f';
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kByteClass[static_cast<unsigned char>(text[i])] != 1) continue;
    out.append(text.substr(done, i - done));
    append_escape(out, text[i]);
    done = i + 1;
  }
  out.append(text.substr(done));
}

template <class T>
void append_number(std::string& out, T value) {
  std::array<char, 32> digits;
  const auto [end, ec] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  bool ascii = true;
  for (const char c : text) ascii = ascii && kByteClass[static_cast<unsigned char>(c)] != 2;
  if (ascii || base::utf8_valid(text)) {
    append_escaped(out, text);
  } else {
    append_escaped(out, base::utf8_sanitize(text));
  }
  out += '"';
}

void append_json_number(std::string& out, double value) {
  append_number(out, std::isfinite(value) ? value : 0.0);
}
void append_json_number(std::string& out, float value) {
  append_number(out, std::isfinite(value) ? value : 0.0F);
}
void append_json_number(std::string& out, std::int64_t value) {
  append_number(out, value);
}

void JsonWriter::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  separate();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  separate();
  append_json_number(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(float value) {
  separate();
  append_json_number(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  separate();
  append_json_number(out_, value);
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_.append(json);
  return *this;
}

}  // namespace peregrine::api
