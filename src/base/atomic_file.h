// A file that appears at its path whole or not at all: written beside it, synchronised, then renamed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "base/function_ref.h"
#include "base/result.h"

namespace peregrine::base {

using ByteSink = base::FunctionRef<Status(std::span<const std::byte>)>;

// `produce` is called once with a sink to write the contents to, in order. An error, its own or the system's
// (kIo, `where` is the path), leaves what stood at `path` untouched and nothing beside it.
Status write_file_atomically(const std::filesystem::path& path, base::FunctionRef<Status(ByteSink)> produce);

}  // namespace peregrine::base
