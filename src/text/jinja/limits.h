// The bounds that keep a hostile template or context from taking more than its share.
//
// Going over one is an Error kResourceExhausted whose message names the limit. The defaults leave real chat
// templates two orders of magnitude of room.
#pragma once

#include <cstddef>
#include <cstdint>

namespace peregrine::jinja {

struct Limits {
  std::size_t max_template_bytes = std::size_t{1} << 20;
  // Blocks within blocks, operators within operands in the source; containers within containers at run time,
  // the context included.
  std::size_t max_nesting = 100;
  // Evaluations in progress at once: statements, expressions, macro calls, recursive loops. Bounds the stack.
  std::size_t max_depth = 600;
  // Nodes evaluated, items visited and, so many bytes at a time (see below), text read or written.
  std::uint64_t max_steps = 5'000'000;
  std::size_t max_output_bytes = std::size_t{16} << 20;
  std::size_t max_string_bytes = std::size_t{16} << 20;
  std::size_t max_items = 1'000'000;                      // in one container
  std::size_t max_memory_bytes = std::size_t{256} << 20;  // everything one render holds at once
};

inline constexpr std::size_t kBytesPerStep = 256;  // where text is copied or compared
inline constexpr std::size_t kSearchedBytesPerStep = 32;
inline constexpr std::size_t kCodePointsPerStep = 16;  // where each character is looked at

}  // namespace peregrine::jinja
