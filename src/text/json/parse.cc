#include "text/json/parse.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/utf8.h"

namespace peregrine::text {
namespace {

namespace bj = boost::json;

// Receives the parser's events, builds the tree and stops where our rules are stricter than the grammar.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = bj::object::max_size();
  static constexpr std::size_t max_array_size = bj::array::max_size();
  static constexpr std::size_t max_key_size = bj::string::max_size();
  static constexpr std::size_t max_string_size = bj::string::max_size();

  TreeBuilder(bj::storage_ptr storage, std::size_t max_values) : max_values_(max_values) {
    stack_.reset(std::move(storage));
  }

  bj::value release() { return stack_.release(); }
  // What our own rules refused; nothing when the grammar did.
  const std::optional<JsonFault>& fault() const { return fault_; }
  std::vector<JsonStep> take_path() { return std::move(path_); }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }

  bool on_object_begin(bj::error_code&) {
    frames_.push_back({keys_.size(), true, 0});
    return true;
  }
  bool on_object_end(std::size_t size, bj::error_code& ec) {
    const std::size_t first = frames_.back().first_key;
    if (!check_keys(first, ec)) return false;
    keys_.resize(first);
    frames_.pop_back();
    stack_.push_object(size);
    return count(ec);
  }
  bool on_array_begin(bj::error_code&) {
    frames_.push_back({keys_.size(), false, 0});
    return true;
  }
  bool on_array_end(std::size_t size, bj::error_code& ec) {
    frames_.pop_back();
    stack_.push_array(size);
    return count(ec);
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
  bool on_string(bj::string_view part, std::size_t, bj::error_code& ec) {
    stack_.push_string(part);
    return count(ec);
  }

  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, bj::error_code& ec) {
    stack_.push_int64(value);
    return count(ec);
  }
  bool on_uint64(std::uint64_t value, bj::string_view, bj::error_code& ec) {
    stack_.push_uint64(value);
    return count(ec);
  }
  bool on_double(double value, bj::string_view, bj::error_code& ec) {
    if (!std::isfinite(value)) return refuse(ec, JsonFault::kNumberTooLarge, bj::error::exponent_overflow);
    stack_.push_double(value);
    return count(ec);
  }
  bool on_bool(bool value, bj::error_code& ec) {
    stack_.push_bool(value);
    return count(ec);
  }
  bool on_null(bj::error_code& ec) {
    stack_.push_null();
    return count(ec);
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  struct Frame {
    std::size_t first_key;  // of this object in keys_
    bool object;
    std::size_t items;  // finished so far, for arrays
  };

  bool refuse(bj::error_code& ec, JsonFault fault, bj::error why = bj::error::input_error) {
    fault_ = fault;
    ec = why;
    return false;
  }

  bool count(bj::error_code& ec) {
    if (!frames_.empty()) ++frames_.back().items;
    return ++values_ <= max_values_ || refuse(ec, JsonFault::kTooManyValues);
  }

  bool check_keys(std::size_t first, bj::error_code& ec) {
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, keys_.end());
    const auto twice = std::adjacent_find(begin, keys_.end());
    if (twice == keys_.end()) return true;
    std::string key = std::move(*twice);
    keys_.resize(first);
    frames_.pop_back();
    path_ = open_path();
    path_.emplace_back(std::move(key));
    return refuse(ec, JsonFault::kRepeatedKey);
  }

  // To the value being read.
  std::vector<JsonStep> open_path() const {
    std::vector<JsonStep> path;
    path.reserve(frames_.size() + 1);
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      if (frame.object) {
        const std::size_t end = i + 1 < frames_.size() ? frames_[i + 1].first_key : keys_.size();
        path.emplace_back(keys_[end - 1]);
      } else {
        path.emplace_back(frame.items);
      }
    }
    return path;
  }

  bj::value_stack stack_;
  std::string key_;                // so far, when it arrives in parts
  std::vector<std::string> keys_;  // of all open objects
  std::vector<Frame> frames_;      // open objects and arrays
  std::size_t max_values_;
  std::size_t values_ = 0;
  std::optional<JsonFault> fault_;
  std::vector<JsonStep> path_;
};

JsonFault grammar_fault(bj::error_code ec, std::string_view text) {
  if (ec == bj::error::too_deep) return JsonFault::kTooDeep;
  if (ec == bj::error::extra_data) return JsonFault::kTrailingText;
  if (ec == bj::error::exponent_overflow) return JsonFault::kNumberTooLarge;
  if (ec != bj::error::incomplete) return JsonFault::kSyntax;
  const bool empty = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
  return empty ? JsonFault::kEmpty : JsonFault::kIncomplete;
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const base::Utf8Decoded decoded = base::utf8_decode(text.substr(at));
    if (!decoded.valid) break;
    at += decoded.length;
  }
  return at;
}

}  // namespace

tl::expected<bj::value, JsonRefusal> parse_json(std::string_view text, const JsonLimits& limits) {
  if (!base::utf8_valid(text)) {
    return tl::unexpected(JsonRefusal{JsonFault::kNotUtf8, first_invalid_utf8(text), {}});
  }
  bj::parse_options options;
  options.max_depth = limits.max_depth;
  bj::basic_parser<TreeBuilder> parser(options, bj::make_shared_resource<bj::monotonic_resource>(),
                                       limits.max_values);
  bj::error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && used < text.size()) ec = bj::error::extra_data;
  TreeBuilder& builder = parser.handler();
  if (!ec) return builder.release();
  const JsonFault fault = builder.fault() ? *builder.fault() : grammar_fault(ec, text);
  return tl::unexpected(JsonRefusal{fault, used, ec.message(), builder.take_path()});
}

}  // namespace peregrine::text
