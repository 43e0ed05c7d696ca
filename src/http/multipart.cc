#include "http/multipart.h"

#include <algorithm>
#include <utility>

namespace peregrine::http {
namespace {

// Blanks that may stand between a delimiter and the end of its line (RFC 2046, "transport-padding").
constexpr std::size_t kMaxPadding = 64;

tl::unexpected<Error> malformed(std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message));
}

}  // namespace

MultipartParser::MultipartParser(std::string_view boundary, MultipartLimits limits)
    : delimiter_("\r\n--" + std::string(boundary)), limits_(limits) {}

Result<MultipartParser::Event> MultipartParser::next(std::string_view& input) {
  if (state_ == State::kFailed) return tl::unexpected<Error>(error_);
  while (!input.empty()) {
    auto event = step(input);
    if (!event) {
      state_ = State::kFailed;
      error_ = event.error();
      return tl::unexpected<Error>(error_);
    }
    if (*event) return **event;
  }
  return Event::kNeedInput;
}

// Takes in some of `input`, which is not empty; none: nothing is to be told yet.
Result<std::optional<MultipartParser::Event>> MultipartParser::step(std::string_view& input) {
  switch (state_) {
    case State::kPreamble:
      return skip_preamble(input);
    case State::kAfterDelimiter: {
      PEREGRINE_TRY(end_delimiter_line(input));
      return state_ == State::kOver ? std::optional(Event::kEnd) : std::nullopt;
    }
    case State::kHead:
      return take_head(input);
    case State::kContent: {
      const Event event = scan_content(input);
      return event == Event::kNeedInput ? std::nullopt : std::optional(event);
    }
    case State::kOver:
      input = {};
      return std::nullopt;
    case State::kFailed:
      break;
  }
  return tl::unexpected<Error>(error_);
}

// Content up to a delimiter. kNeedInput: the input ended, maybe within one.
MultipartParser::Event MultipartParser::scan_content(std::string_view& input) {
  if (matched_ > 0) {
    const std::string_view wanted = std::string_view(delimiter_).substr(matched_);
    const std::size_t most = std::min(wanted.size(), input.size());
    const auto differs = std::mismatch(input.begin(), input.begin() + most, wanted.begin());
    const auto fits = static_cast<std::size_t>(differs.first - input.begin());
    matched_ += fits;
    input.remove_prefix(fits);
    if (matched_ == delimiter_.size()) {
      matched_ = 0;
      state_ = State::kAfterDelimiter;
      return Event::kPartEnd;
    }
    if (input.empty()) return Event::kNeedInput;
    data_ = std::string_view(delimiter_).substr(0, std::exchange(matched_, 0));
    return Event::kData;
  }
  std::size_t end = input.find('\r');
  while (end != std::string_view::npos) {
    const std::string_view candidate = input.substr(end, delimiter_.size());
    if (std::string_view(delimiter_).starts_with(candidate)) break;
    end = input.find('\r', end + 1);
  }
  data_ = input.substr(0, end);
  input.remove_prefix(data_.size());
  if (!data_.empty()) return Event::kData;
  // The candidate begins the input: it is matched from here, whether it is whole or not.
  matched_ = 1;
  input.remove_prefix(1);
  return scan_content(input);
}

Result<std::optional<MultipartParser::Event>> MultipartParser::skip_preamble(std::string_view& input) {
  if (scan_content(input) == Event::kData) preamble_bytes_ += data_.size();
  if (preamble_bytes_ > limits_.max_part_header_bytes) {
    return malformed("The body does not begin with the boundary that its Content-Type gives.");
  }
  return std::nullopt;
}

Status MultipartParser::end_delimiter_line(std::string_view& input) {
  while (!input.empty()) {
    line_ += input.front();
    input.remove_prefix(1);
    if (line_ == "--") {
      line_.clear();
      state_ = State::kOver;
      return {};
    }
    if (line_.ends_with("\r\n")) {
      line_.clear();
      if (++parts_ > limits_.max_parts) {
        return malformed("The form has more than " + std::to_string(limits_.max_parts) + " parts.");
      }
      state_ = State::kHead;
      return {};
    }
    const bool hyphen = line_ == "-";
    const bool blanks = line_.find_first_not_of(" \t") == std::string::npos && line_.size() <= kMaxPadding;
    const bool line_ends = line_.find_first_not_of(" \t") == line_.size() - 1 && line_.back() == '\r';
    if (!hyphen && !blanks && !line_ends) return malformed("A boundary is followed by something else.");
  }
  return {};
}

// The header section ends with an empty line, which may be its first.
Result<std::optional<MultipartParser::Event>> MultipartParser::take_head(std::string_view& input) {
  while (!input.empty()) {
    const std::size_t end = input.find('\n');
    const std::string_view piece = input.substr(0, end == std::string_view::npos ? end : end + 1);
    if (line_.size() + piece.size() > limits_.max_part_header_bytes) {
      return malformed("The header of a part is larger than " +
                       std::to_string(limits_.max_part_header_bytes) + " bytes.");
    }
    line_ += piece;
    input.remove_prefix(piece.size());
    if (line_ != "\r\n" && !line_.ends_with("\r\n\r\n")) continue;
    line_.resize(line_.size() - 2);
    PEREGRINE_ASSIGN(head_, parse_part_head(line_));
    line_.clear();
    state_ = State::kContent;
    return Event::kPart;
  }
  return std::nullopt;
}

Status MultipartParser::finish() const {
  if (state_ == State::kOver) return {};
  if (state_ == State::kFailed) return tl::unexpected<Error>(error_);
  return malformed("The form ends before its last boundary.");
}

}  // namespace peregrine::http
