// Reading small files and standard input whole, with a bound.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace peregrine::app {

inline constexpr std::size_t kMaxInputBytes = std::size_t{64} << 20;

// Errors: kNotFound or kIo, kResourceExhausted over kMaxInputBytes; `where` is the path.
Result<std::string> read_file(const std::filesystem::path& path);
Result<std::string> read_standard_input();

}  // namespace peregrine::app
