// One GGUF image in memory: header, metadata and tensor table, every count and offset checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "gguf/file.h"
#include "gguf/metadata.h"

namespace peregrine::gguf {

struct Image {
  std::uint32_t version = 0;
  std::uint32_t alignment = kDefaultAlignment;
  Metadata metadata;
  std::vector<TensorInfo> tensors;  // names may still repeat: uniqueness is over all shards, File's matter
};

// Views into `bytes`. Errors: kCorrupt, kUnsupported, kResourceExhausted; `where` is the key or tensor, or
// "header".
Result<Image> parse_image(std::span<const std::byte> bytes);

}  // namespace peregrine::gguf
