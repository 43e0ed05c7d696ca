// Files of this room, read and written whole. Errors name the file: kResourceExhausted when the disk is full,
// else kIo.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string_view>

#include "base/function_ref.h"
#include "base/result.h"

namespace peregrine::store {

// Of the system's error `code`; `what` says "read", "written".
Error disk_error(std::string_view what, const std::filesystem::path& path, int code);

// Calls `use` with each piece of the file, from its beginning to its end or to `most`; the position of `file`
// does not matter. Ends with the first error of `use`.
Status read_through(int file, const std::filesystem::path& path,
                    base::FunctionRef<Status(std::string_view piece)> use,
                    std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

// At the descriptor's position.
Status write_all(int file, const std::filesystem::path& path, std::string_view bytes);

Status sync_folder(const std::filesystem::path& folder);

}  // namespace peregrine::store
