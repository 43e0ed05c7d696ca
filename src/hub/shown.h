// What a server or a stranger wrote, made safe for a terminal: one line of printable ASCII, cut at
// kMaxShownChars.
#pragma once

#include <string>
#include <string_view>

#include "hub/limits.h"

namespace peregrine::hub {

inline std::string shown_text(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kMaxShownChars)) out.push_back(c >= 0x20 && c < 0x7F ? c : '?');
  if (text.size() > kMaxShownChars) out += "...";
  return out;
}

}  // namespace peregrine::hub
