// A GGUF model file, whole or in shards, mapped and checked: the one way untrusted model bytes come in.
//
// Once a File exists, every tensor's type is known, its shape has no zero and does not overflow, its data
// lies within the mapping, aligned, and shared with no other tensor, and names are unique over all shards.
// Nothing is said about the values inside. Whoever changes a model replaces the file, as Writer does: one
// truncated in place while it is open ends the process (SIGBUS). Views survive a move and die with the File.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "gguf/format.h"
#include "gguf/metadata.h"
#include "gguf/shape.h"
#include "tensor/dtype.h"

namespace peregrine::gguf {

struct TensorInfo {
  std::string_view name;
  tensor::DType type = tensor::DType::kF32;
  Shape shape;
  std::span<const std::byte> data;  // exactly the rows' bytes, in the mapping
};

class File {
 public:
  // Opens a file, or all shards of NAME-00001-of-0000N.gguf given the first. Metadata is the first shard's.
  // Errors: kNotFound, kIo (`where` is the path); kCorrupt, kUnsupported, kResourceExhausted (`where` names
  // the file and, inside it, the key or tensor); kInvalidArgument for a shard that is not the first.
  static Result<File> open(const std::filesystem::path& path);

  // Parses one unsharded file in memory. The bytes must outlive the File; tensor data is aligned relative to
  // their start. Errors as above, with the key or tensor as `where`.
  static Result<File> parse(std::span<const std::byte> bytes);

  std::uint32_t version() const { return version_; }
  std::uint32_t alignment() const { return alignment_; }
  std::size_t shards() const { return shards_; }
  std::uint64_t file_bytes() const { return file_bytes_; }  // all shards together
  const Metadata& metadata() const { return metadata_; }
  // In file order, shard after shard.
  std::span<const TensorInfo> tensors() const { return tensors_; }
  const TensorInfo* tensor(std::string_view name) const;  // nullptr when absent

 private:
  File() = default;
  void append(base::MappedFile&& mapping, std::vector<TensorInfo>&& tensors);
  // Their number, where the file announces it, and that names are unique. Builds the index.
  Status check_tensors(std::optional<std::uint64_t> expected);

  std::vector<base::MappedFile> mappings_;  // one per shard; empty after parse()
  std::uint32_t version_ = 0;
  std::uint32_t alignment_ = kDefaultAlignment;
  std::size_t shards_ = 1;
  std::uint64_t file_bytes_ = 0;
  Metadata metadata_;
  std::vector<TensorInfo> tensors_;
  std::vector<std::uint32_t> by_name_;  // indices into tensors_, sorted by name
};

}  // namespace peregrine::gguf
