#include "api/json/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "api/json/path.h"
#include "base/utf8.h"

namespace peregrine::api {
namespace {

namespace bj = boost::json;

// Receives the parser's events, builds the tree and stops where our rules are stricter than the grammar.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = bj::object::max_size();
  static constexpr std::size_t max_array_size = bj::array::max_size();
  static constexpr std::size_t max_key_size = bj::string::max_size();
  static constexpr std::size_t max_string_size = bj::string::max_size();

  explicit TreeBuilder(bj::storage_ptr storage) { stack_.reset(std::move(storage)); }

  Json release() { return stack_.release(); }
  // What our own rules refused; empty when the grammar did.
  const Error& refusal() const { return refusal_; }

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
    if (!std::isfinite(value)) return refuse(ec, "a number is too large to represent");
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

  bool refuse(bj::error_code& ec, std::string message, std::string where = {}) {
    refusal_ = {ErrorCode::kInvalidArgument, std::move(message), std::move(where)};
    ec = bj::error::input_error;
    return false;
  }

  bool count(bj::error_code& ec) {
    if (!frames_.empty()) ++frames_.back().items;
    if (++values_ > kMaxValues) {
      return refuse(ec, fmt::format("the request body has more than {} JSON values", kMaxValues));
    }
    return true;
  }

  bool check_keys(std::size_t first, bj::error_code& ec) {
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, keys_.end());
    const auto twice = std::adjacent_find(begin, keys_.end());
    if (twice == keys_.end()) return true;
    const std::string key = clip(*twice);
    keys_.resize(first);
    frames_.pop_back();
    const std::string object = open_path();
    return refuse(ec, fmt::format("property '{}' is given more than once", key),
                  object.empty() ? key : object + "." + key);
  }

  // The path of the value being read, in the form of Path::param.
  std::string open_path() const {
    std::string path;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      if (!frame.object) {
        path += fmt::format("[{}]", frame.items);
        continue;
      }
      const std::size_t end = i + 1 < frames_.size() ? frames_[i + 1].first_key : keys_.size();
      if (!path.empty()) path += '.';
      path += clip(keys_[end - 1]);
    }
    return path;
  }

  bj::value_stack stack_;
  std::string key_;                // so far, when it arrives in parts
  std::vector<std::string> keys_;  // of all open objects
  std::vector<Frame> frames_;      // open objects and arrays
  std::size_t values_ = 0;
  Error refusal_;
};

std::string grammar_message(bj::error_code ec, std::size_t offset) {
  if (ec == bj::error::too_deep) {
    return fmt::format("the request body is nested deeper than {} levels", kMaxDepth);
  }
  if (ec == bj::error::extra_data) {
    return fmt::format("the request body is not valid JSON: text after the end of the value at byte {}",
                       offset);
  }
  if (ec == bj::error::incomplete) return "the request body is not valid JSON: it ends too early";
  if (ec == bj::error::exponent_overflow) return "a number is too large to represent";
  return fmt::format("the request body is not valid JSON: {} at byte {}", ec.message(), offset);
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

Result<Json> parse_document(std::string_view body) {
  constexpr std::string_view kSpace = " \t\r\n";
  if (body.find_first_not_of(kSpace) == std::string_view::npos) {
    return fail(ErrorCode::kInvalidArgument, "the request body is empty; it must be a JSON object");
  }
  if (!base::utf8_valid(body)) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the request body is not valid UTF-8 at byte {}", first_invalid_utf8(body)));
  }
  bj::parse_options options;
  options.max_depth = kMaxDepth;
  bj::basic_parser<TreeBuilder> parser(options, bj::make_shared_resource<bj::monotonic_resource>());
  bj::error_code ec;
  std::size_t used = parser.write_some(false, body.data(), body.size(), ec);
  if (!ec && used < body.size()) ec = bj::error::extra_data;
  if (!ec) return parser.handler().release();
  if (!parser.handler().refusal().message.empty()) {
    return tl::unexpected<Error>(parser.handler().refusal());
  }
  return fail(ErrorCode::kInvalidArgument, grammar_message(ec, used));
}

}  // namespace peregrine::api
