// A push parser of multipart/form-data (RFC 7578 over RFC 2046): bytes in pieces of any size, events out.
// Holds the header section of one part and nothing of its content, whatever the parts are.
//
// Read strictly, so that a form has one meaning: delimiters are whole lines ended by CRLF, headers are not
// folded, a part has one Content-Disposition with one `name`. What precedes the first delimiter is bounded,
// what follows the last is dropped. How the input is cut never changes the events but for where kData cuts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::http {

// The `boundary` of a Content-Type. Errors: kUnsupported when that is not multipart/form-data,
// kInvalidArgument when the boundary is missing or none (RFC 2046, 5.1.1: 1 to 70 characters).
Result<std::string> multipart_boundary(std::string_view content_type);

// What Content-Disposition and Content-Type say of a part. Decoded, UTF-8, without control characters.
struct PartHead {
  std::string name;
  // Present: the part is a file. Its last path component; may be empty. `filename*` (RFC 8187, UTF-8) wins
  // over `filename`; there, as browsers send it, %22 is a quote.
  std::optional<std::string> filename;
  std::string content_type;  // as sent; "" when absent
};

// Errors: kInvalidArgument with a sentence for the client. `section` is the header lines of a part, each with
// its CRLF.
Result<PartHead> parse_part_head(std::string_view section);

struct MultipartLimits {
  std::size_t max_parts = 64;
  std::size_t max_part_header_bytes = 8 * 1024;  // of one part; also what may precede the first delimiter
};

class MultipartParser {
 public:
  enum class Event {
    kNeedInput,  // `input` is used up
    kPart,       // head() is known
    kData,       // data() is the next of its content, never empty
    kPartEnd,
    kEnd,  // the last delimiter was seen; whatever else comes is used up
  };

  // `boundary` as multipart_boundary() returns it.
  explicit MultipartParser(std::string_view boundary, MultipartLimits limits = {});

  // Cuts what it has understood off the beginning of `input`, whose bytes need not stay after kNeedInput.
  // Errors: kInvalidArgument (also over a limit), with a sentence for the client; they stay.
  Result<Event> next(std::string_view& input);
  // After the input has ended: kInvalidArgument unless the last delimiter was seen.
  Status finish() const;

  const PartHead& head() const { return head_; }
  // In `input`, or in the parser; in place until the next call.
  std::string_view data() const { return data_; }

 private:
  enum class State : std::uint8_t { kPreamble, kAfterDelimiter, kHead, kContent, kOver, kFailed };

  Event scan_content(std::string_view& input);
  Result<std::optional<Event>> step(std::string_view& input);
  Result<std::optional<Event>> skip_preamble(std::string_view& input);
  Status end_delimiter_line(std::string_view& input);
  Result<std::optional<Event>> take_head(std::string_view& input);

  const std::string delimiter_;  // CRLF, two hyphens, the boundary
  const MultipartLimits limits_;
  State state_ = State::kPreamble;
  // Of the delimiter: bytes that earlier input ended with. Its first byte is nowhere else in it, so a
  // mismatch can only begin anew at the byte that did not fit. The body may begin with the delimiter's line.
  std::size_t matched_ = 2;
  std::string line_;  // the end of a delimiter's line, or the header section so far
  std::size_t preamble_bytes_ = 0;
  std::size_t parts_ = 0;
  PartHead head_;
  std::string_view data_;
  Error error_;
};

}  // namespace peregrine::http
