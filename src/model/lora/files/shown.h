// A file's own text in an error.
#pragma once

#include <string>
#include <string_view>

#include "gguf/printable.h"
#include "model/lora/files/limits.h"

namespace peregrine::model {

inline std::string shown(std::string_view name) {
  return gguf::printable(name, gguf::PrintStyle::kLine, kMaxShownChars);
}

}  // namespace peregrine::model
