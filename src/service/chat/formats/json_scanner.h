// Follows one JSON value (RFC 8259) byte by byte: is this still JSON, and where in it are we?
//
// Strict: no comments, no trailing commas, no control characters in strings. Bytes of strings beyond ASCII
// are not looked at. Values nest at most kMaxDepth deep; memory is one byte a level.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace peregrine::service {

class JsonScanner {
 public:
  static constexpr std::size_t kMaxDepth = 128;

  // What the next byte belongs to.
  enum class At : std::uint8_t {
    kValue,       // a value is due
    kFirstItem,   // a value, or the end of an empty array
    kFirstKey,    // a key, or the end of an empty object
    kKey,         // a key is due
    kInKey,       // inside its quotes
    kColon,       // between key and value
    kInString,    // inside the quotes of a value
    kInScalar,    // of a number, true, false or null
    kAfterValue,  // a comma, or the end of what it stands in
    kDone,        // the value is whole; white space may follow
  };

  // The next byte; false if no JSON value goes on like this, and then the scanner is of no more use. A number
  // on its own is only done once a byte follows it.
  bool push(char c);

  At at() const { return at_; }
  bool done() const { return at_ == At::kDone; }
  std::size_t depth() const { return open_.size(); }  // objects and arrays around the next byte

 private:
  enum class Number : std::uint8_t { kNone, kMinus, kZero, kWhole, kPoint, kFraction, kE, kSign, kExponent };

  bool value(char c);
  bool string(char c);
  bool scalar(char c);
  bool number(char c);
  bool after_value(char c);
  bool close(char c);
  void ended();

  std::string open_;  // '{' or '[' of each level
  At at_ = At::kValue;
  std::uint8_t hex_due_ = 0;  // digits of \u
  bool escaped_ = false;
  Number number_ = Number::kNone;
  std::string_view literal_;  // what is left of true, false, null
};

bool is_json_space(char c);

}  // namespace peregrine::service
