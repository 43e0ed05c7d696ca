// Models split over several files: PREFIX-00001-of-0000N.gguf, numbered from 1, with the keys split.no
// (from 0), split.count and split.tensors.count in each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gguf/metadata.h"

namespace peregrine::gguf {

struct ShardName {
  std::string prefix;
  std::uint32_t number = 0;  // from 1
  std::uint32_t count = 0;
};

// nullopt when `filename` does not follow the pattern.
std::optional<ShardName> parse_shard_name(std::string_view filename);

std::string shard_filename(std::string_view prefix, std::uint32_t number, std::uint32_t count);

// What a file's metadata says of its place. A whole file has count 1 whatever it stores (merging tools leave
// the keys behind with a count of 0).
struct Split {
  std::uint32_t index = 0;  // from 0
  std::uint32_t count = 1;
  std::optional<std::uint64_t> tensors;  // in all shards together
};

// Errors: kCorrupt for keys of a wrong type or when index and count disagree, kResourceExhausted over
// kMaxShards; `where` is the key.
Result<Split> read_split(const Metadata& metadata);

}  // namespace peregrine::gguf
