// What lasting writes take besides the calls of the system: whole writes, and names that survive a crash.
//
// Errors are those of the system; without one, what was asked is done.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <system_error>

namespace peregrine::base {

// All of `bytes` at the descriptor's position.
std::error_code write_all(int file, std::span<const std::byte> bytes);

// A new name in the folder, or one that is gone, is on the disk when this returned.
std::error_code sync_folder(const std::filesystem::path& folder);

}  // namespace peregrine::base
