#include "model/lora/files/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "gguf/printable.h"
#include "model/lora/files/limits.h"

namespace peregrine::model {
namespace {

namespace bj = boost::json;

// Builds the tree, and stops at a key that an object has already: a tree would keep one of the two values.
class Builder {
 public:
  static constexpr std::size_t max_object_size = bj::object::max_size();
  static constexpr std::size_t max_array_size = bj::array::max_size();
  static constexpr std::size_t max_key_size = bj::string::max_size();
  static constexpr std::size_t max_string_size = bj::string::max_size();

  Builder() { stack_.reset(); }

  bj::value release() { return stack_.release(); }
  const std::string& repeated() const { return repeated_; }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) {
    first_keys_.push_back(keys_.size());
    return true;
  }
  bool on_object_end(std::size_t size, bj::error_code& ec) {
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first_keys_.back());
    std::sort(begin, keys_.end());
    const auto twice = std::adjacent_find(begin, keys_.end());
    if (twice != keys_.end()) {
      repeated_ = *twice;
      ec = bj::error::input_error;
      return false;
    }
    keys_.resize(first_keys_.back());
    first_keys_.pop_back();
    stack_.push_object(size);
    return true;
  }
  bool on_array_begin(bj::error_code&) { return true; }
  bool on_array_end(std::size_t size, bj::error_code&) {
    stack_.push_array(size);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
    key_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    key_.append(part.data(), part.size());
    keys_.push_back(std::exchange(key_, {}));
    stack_.push_key(part);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, bj::error_code&) {
    stack_.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, bj::string_view, bj::error_code&) {
    stack_.push_uint64(value);
    return true;
  }
  bool on_double(double value, bj::string_view, bj::error_code& ec) {
    if (!std::isfinite(value)) {
      ec = bj::error::exponent_overflow;
      return false;
    }
    stack_.push_double(value);
    return true;
  }
  bool on_bool(bool value, bj::error_code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(bj::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  bj::value_stack stack_;
  std::string key_;                      // so far, when it arrives in parts
  std::vector<std::string> keys_;        // of all open objects
  std::vector<std::size_t> first_keys_;  // of each of them
  std::string repeated_;
};

}  // namespace

Result<bj::value> parse_adapter_json(std::string_view text) {
  if (!base::utf8_valid(text)) return fail(ErrorCode::kCorrupt, "is not UTF-8");
  bj::parse_options options;
  options.max_depth = kMaxAdapterJsonDepth;
  bj::basic_parser<Builder> parser(options);
  bj::error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && used < text.size()) ec = bj::error::extra_data;
  if (!ec) return parser.handler().release();
  if (const std::string& key = parser.handler().repeated(); !key.empty()) {
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("has the key {} twice", gguf::printable(key, gguf::PrintStyle::kQuoted, kMaxShownChars)));
  }
  return fail(ErrorCode::kCorrupt, fmt::format("is not valid JSON: {} at byte {}", ec.message(), used));
}

}  // namespace peregrine::model
