// A file mapped read-only. The bytes are untrusted and live as long as the object.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

#include "base/result.h"

namespace peregrine::base {

class MappedFile {
 public:
  // Maps the whole of a regular file. Errors: kNotFound, kIo; `where` is the path.
  static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

// Brings mapped bytes into memory, so that whoever reads them first does not wait for the disk. Errors: kIo
// when the file has become shorter or cannot be read. Systems older than Linux 5.14 only start the reading.
Status page_in(std::span<const std::byte> mapped);

// Gives back the memory of whole pages of a MappedFile's bytes; reading them again brings them back.
void page_out(std::span<const std::byte> mapped);

}  // namespace peregrine::base
