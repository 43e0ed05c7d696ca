// The bytes of a sound file, read at any offset: a descriptor in the helper process, memory in tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace peregrine::sound {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  virtual std::uint64_t size() const = 0;

  // Fills `out` from its beginning with the bytes at `offset` and returns how many there were: 0 at and
  // beyond the end, and where the system refuses to read.
  virtual std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out) const = 0;
};

class MemoryBytes final : public ByteSource {
 public:
  // A view: the memory outlives it.
  explicit MemoryBytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out) const override;

 private:
  std::span<const std::uint8_t> bytes_;
};

class FileBytes final : public ByteSource {
 public:
  // A regular file of `size` bytes, which stays open as long as this lives. Its position is left alone.
  FileBytes(int fd, std::uint64_t size) : fd_(fd), size_(size) {}

  std::uint64_t size() const override { return size_; }
  std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out) const override;

 private:
  int fd_;
  std::uint64_t size_;
};

}  // namespace peregrine::sound
