// Control tokens within raw text (format.h): where one that begins here ends.
#pragma once

#include <cstddef>
#include <string_view>

namespace peregrine::service {

// The bytes of the mark that `raw` begins with; 0 if it begins with none. Pieces of control tokens are
// bracketed: "<|call|>", "[TOOL_CALLS]". Of any other piece, or one over kMaxMarkBytes, only the mark's first
// byte is told apart from the text that follows.
inline constexpr std::size_t kMaxMarkBytes = 256;
std::size_t mark_length(std::string_view raw);

}  // namespace peregrine::service
