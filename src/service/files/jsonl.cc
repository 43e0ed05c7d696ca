#include "service/files/jsonl.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace peregrine::service {
namespace {

namespace bj = boost::json;

constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::string_view kSpace = " \t\r";

// Takes note of nothing: that the text can be parsed is all that is asked.
struct Ignore {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  using Text = bj::string_view;
  using Code = bj::error_code;
  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(std::size_t, Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t, Code&) { return true; }
  bool on_key_part(Text, std::size_t, Code&) { return true; }
  bool on_key(Text, std::size_t, Code&) { return true; }
  bool on_string_part(Text, std::size_t, Code&) { return true; }
  bool on_string(Text, std::size_t, Code&) { return true; }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t, Text, Code&) { return true; }
  bool on_uint64(std::uint64_t, Text, Code&) { return true; }
  bool on_double(double, Text, Code&) { return true; }
  bool on_bool(bool, Code&) { return true; }
  bool on_null(Code&) { return true; }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }
};

bj::parse_options options_of(const JsonlLimits& limits) {
  bj::parse_options options;
  options.max_depth = limits.max_depth;
  return options;
}

class LineChecker {
 public:
  explicit LineChecker(const JsonlLimits& limits) : limits_(limits), parser_(options_of(limits)) {}

  Status take(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      PEREGRINE_TRY(add(bytes.substr(0, end)));
      if (end == std::string_view::npos) return {};
      PEREGRINE_TRY(end_line());
      bytes.remove_prefix(end + 1);
    }
    return {};
  }

  Status finish() {
    if (line_bytes_ > 0) PEREGRINE_TRY(end_line());
    if (lines_ == 0) return fail(ErrorCode::kInvalidArgument, "The file is empty.");
    return {};
  }

 private:
  Status wrong(std::string_view why) const {
    return fail(ErrorCode::kInvalidArgument, fmt::format("Line {} {}.", lines_ + 1, why));
  }

  Status add(std::string_view piece) {
    line_bytes_ += piece.size();
    if (line_bytes_ > limits_.max_line_bytes) {
      return wrong(fmt::format("is longer than {} bytes", limits_.max_line_bytes));
    }
    if (!begun_) {
      piece.remove_prefix(std::min(piece.find_first_not_of(kSpace), piece.size()));
      if (piece.empty()) return {};
      if (blank_) return wrong("is empty");
      if (piece.front() != '{') return wrong("is not a JSON object");
      begun_ = true;
    }
    if (!parser_.done()) {
      bj::error_code error;
      piece.remove_prefix(parser_.write_some(true, piece.data(), piece.size(), error));
      if (error) return wrong("is not valid JSON: " + error.message());
    }
    if (piece.find_first_not_of(kSpace) == std::string_view::npos) return {};
    return wrong("has something behind its JSON object");
  }

  Status end_line() {
    // None at all, if nothing but such lines follow.
    if (!begun_) {
      blank_ = true;
      line_bytes_ = 0;
      return {};
    }
    if (lines_ == limits_.max_lines) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("The file has more than {} lines.", limits_.max_lines));
    }
    if (!parser_.done()) return wrong("is not valid JSON: it ends too early");
    parser_.reset();
    begun_ = false;
    line_bytes_ = 0;
    ++lines_;
    return {};
  }

  const JsonlLimits limits_;
  bj::basic_parser<Ignore> parser_;
  std::uint64_t lines_ = 0;       // whole ones
  std::uint64_t line_bytes_ = 0;  // of the current one
  bool begun_ = false;            // something but blanks was in it
  bool blank_ = false;            // there was a line of blanks
};

}  // namespace

Status check_jsonl(int file, const JsonlLimits& limits) {
  LineChecker checker(limits);
  std::vector<char> buffer(kReadBytes);
  for (std::uint64_t offset = 0;;) {
    const ssize_t got = ::pread(file, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fail(ErrorCode::kIo, "cannot read an upload: " + std::generic_category().message(errno));
    if (got == 0) return checker.finish();
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
    PEREGRINE_TRY(checker.take(piece));
    offset += piece.size();
  }
}

}  // namespace peregrine::service
