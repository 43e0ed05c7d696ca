// The model in the box: what is served when nobody names a file.
//
// It lies in <prefix>/share/peregrine beside <prefix>/bin (in a build folder as a link into the source tree)
// and must be byte for byte the file that this program was built with.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace peregrine::app {

// Where the starter lies for this executable.
std::filesystem::path starter_path();

// Checks that `path` exists and has the SHA-256 `digest` (64 hexadecimal digits). Errors say how to restore
// it.
Status check_starter(const std::filesystem::path& path, std::string_view digest);

// starter_path(), checked against the digest that this program was built with.
Result<std::filesystem::path> starter_model();

}  // namespace peregrine::app
