// Untrusted text made safe to print: what a terminal could act on becomes an escape.
//
// Escaped are C0 and C1 controls, DEL, characters that reorder or hide text (bidirectional controls, zero
// width, line and paragraph separators) and bytes that are not UTF-8. The output is valid UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace peregrine::gguf {

enum class PrintStyle : std::uint8_t {
  kLine,    // one line: newline and tab become \n and \t
  kQuoted,  // as kLine, in double quotes, with quote and backslash escaped
  kBlock,   // newline and tab stand as they are
};

inline constexpr std::size_t kNoPrintLimit = std::numeric_limits<std::size_t>::max();

// At most `max_chars` code points; a cut is marked by an ellipsis and never splits an escape.
std::string printable(std::string_view text, PrintStyle style, std::size_t max_chars = kNoPrintLimit);

// Code points of valid UTF-8: the columns it takes, but for combining and wide characters.
std::size_t columns(std::string_view utf8);

// A key or tensor name as an error's `where`.
std::string printable_name(std::string_view name);

}  // namespace peregrine::gguf
