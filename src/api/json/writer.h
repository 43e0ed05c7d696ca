// JSON text, appended directly to a string: no document tree on the path of every token.
//
// append_* write one value. JsonWriter adds braces and commas; keys and calls must be balanced by the caller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace peregrine::api {

// A string with its quotes. Text that is not UTF-8 comes out with U+FFFD in place of the broken parts.
void append_json_string(std::string& out, std::string_view text);
// Shortest decimal form that reads back as the same value; 0 for what JSON cannot express.
void append_json_number(std::string& out, double value);
void append_json_number(std::string& out, float value);
void append_json_number(std::string& out, std::int64_t value);

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& string(std::string_view text);
  JsonWriter& number(double value);
  JsonWriter& number(float value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  // `json` is already JSON text.
  JsonWriter& raw(std::string_view json);

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
};

}  // namespace peregrine::api
