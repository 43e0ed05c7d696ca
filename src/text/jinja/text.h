// A string value that knows where each of its bytes came from.
//
// Text written in the template is trusted: its control tokens are meant. Text that came in with the context
// is not, and stays so through every operation. Provenance is a list of the offsets at which it changes,
// empty for a uniform string, so most strings carry a single flag. Invariant: the bytes are valid UTF-8 and a
// change of provenance never falls inside a code point.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"
#include "text/jinja/heap.h"

namespace peregrine::jinja {

// Immutable and cheap to copy.
class Text {
 public:
  Text() = default;

  // Valid UTF-8 of one provenance, charged to no render: for what a template or this room itself spells out.
  static Text literal(std::string text, bool trusted = true);

  std::string_view view() const { return rep_ ? std::string_view(rep_->bytes) : std::string_view(); }
  std::size_t size() const { return rep_ ? rep_->bytes.size() : 0; }
  bool empty() const { return size() == 0; }
  // Number of code points.
  std::size_t length() const { return rep_ ? rep_->length : 0; }
  bool ascii() const { return length() == size(); }
  // The byte at which code point `index` begins; index <= length().
  std::size_t offset_of(std::size_t index) const;

  // Whether every byte is the template's own.
  bool trusted() const { return !rep_ || (rep_->first_trusted && rep_->flips.empty()); }

  // Calls `visit` for each stretch of one provenance in the bytes [begin, end).
  void for_each_run(std::size_t begin, std::size_t end,
                    base::FunctionRef<void(std::string_view bytes, bool trusted)> visit) const;

  friend bool operator==(const Text& a, const Text& b) { return a.view() == b.view(); }

 private:
  friend class TextBuilder;
  friend class CodePoints;
  struct Rep {
    std::string bytes;
    std::size_t length = 0;
    bool first_trusted = true;
    std::vector<std::size_t> flips;  // ascending offsets, within the bytes, where provenance changes
    MemoryCharge charge;
  };
  explicit Text(std::shared_ptr<const Rep> rep) : rep_(std::move(rep)) {}

  std::shared_ptr<const Rep> rep_;
};

// Walks the code points of a text in order.
class CodePoints {
 public:
  explicit CodePoints(const Text& text) : rep_(text.rep_.get()), trusted_(!rep_ || rep_->first_trusted) {}

  // Moves to the next code point; false at the end.
  bool next();
  char32_t value() const { return value_; }
  std::string_view bytes() const { return bytes_; }
  std::size_t offset() const { return offset_ - bytes_.size(); }  // where bytes() begin
  bool trusted() const { return trusted_; }

 private:
  const Text::Rep* rep_;
  std::size_t offset_ = 0;
  std::size_t flip_ = 0;
  bool trusted_;
  char32_t value_ = 0;
  std::string_view bytes_;
};

struct Segment {
  std::string text;
  bool trusted = false;  // template's own: control tokens in it are meant

  friend bool operator==(const Segment&, const Segment&) = default;
};

// Assembles a text. Appending never fails on the spot: a builder over its limit stays as it is and says so in
// status() and finish().
class TextBuilder {
 public:
  explicit TextBuilder(Heap& heap);
  // For output: bounded by max_output_bytes instead of max_string_bytes.
  static TextBuilder for_output(Heap& heap);

  // `bytes` must be whole code points.
  void append(std::string_view bytes, bool trusted);
  void append(const Text& text) { append(text, 0, text.size()); }
  void append(const Text& text, std::size_t begin, std::size_t end);
  void append(char32_t code_point, bool trusted);
  void append_repeated(std::string_view bytes, std::size_t count, bool trusted);

  std::size_t size() const { return bytes_.size(); }
  // Errors: kResourceExhausted naming the limit on length, or max_memory_bytes.
  Status status() const;
  // The text; the builder is spent.
  Result<Text> finish();
  // What has been appended, as stretches of one provenance.
  std::vector<Segment> segments() const;

 private:
  enum class Failure { kNone, kTooLong, kNoMemory };

  TextBuilder(Heap& heap, std::size_t limit, std::string_view limit_name);
  bool make_room(std::size_t bytes);

  Heap& heap_;
  std::size_t limit_;
  std::string_view limit_name_;
  Failure failure_ = Failure::kNone;
  bool first_trusted_ = true;
  bool last_trusted_ = true;
  std::string bytes_;
  std::vector<std::size_t> flips_;
  MemoryCharge charge_;
};

// The bytes [begin, end) of `text`.
Result<Text> substring(Heap& heap, const Text& text, std::size_t begin, std::size_t end);

// A text of one provenance made from any bytes: invalid UTF-8 becomes U+FFFD.
Result<Text> make_text(Heap& heap, std::string_view bytes, bool trusted);

// In valid UTF-8.
std::size_t count_code_points(std::string_view bytes);

// First occurrence of `needle` at or after `from`, or npos; linear in the worst case. Reports byte offsets.
std::size_t find_bytes(std::string_view haystack, std::string_view needle, std::size_t from = 0);
// Last occurrence that ends at or before `end`, or npos; linear in the worst case.
std::size_t rfind_bytes(std::string_view haystack, std::string_view needle, std::size_t end);

}  // namespace peregrine::jinja
