// The operating system's file calls, with errors that say what to do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "hub/progress.h"

namespace peregrine::hub {

// `doing` as in "cannot write". kResourceExhausted for a full disk, a quota or a file size limit.
Error disk_error(int error, std::string_view doing, const std::filesystem::path& path);

// All of `bytes`, at `offset`.
Status write_at(int fd, std::string_view bytes, std::uint64_t offset, const std::filesystem::path& path);

// Makes names in a folder survive a crash.
Status synchronise_folder(const std::filesystem::path& folder);

// A small file that appears whole or not at all.
Status write_small_file(const std::filesystem::path& path, std::string_view content);
// At most `limit` bytes of it; empty when there is none, or it is larger.
std::string read_small_file(const std::filesystem::path& path, std::size_t limit);

// SHA-256 of the first `size` bytes, in lower-case hexadecimal. Errors: kIo, kCancelled.
Result<std::string> sha256_of_file(int fd, std::uint64_t size, const std::filesystem::path& path,
                                   const ProgressSink& sink);

}  // namespace peregrine::hub
