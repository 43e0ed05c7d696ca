// Reads and checks the key-value section of a GGUF image.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "gguf/byte_reader.h"
#include "gguf/metadata.h"

namespace peregrine::gguf {

class MetadataParser {
 public:
  explicit MetadataParser(ByteReader& reader) : reader_(reader) {}

  // Reads `count` pairs and leaves the reader behind them. Errors: kCorrupt, kUnsupported (arrays in arrays),
  // kResourceExhausted (over a limit); `where` is the key, or its ordinal while the key itself is in doubt.
  Result<Metadata> parse(std::uint64_t count);

 private:
  Result<std::string_view> parse_key(std::uint64_t index, std::uint64_t count);
  Status parse_value(Metadata::Entry& entry);
  Status parse_array(Metadata::Entry& entry);
  Status parse_string_elements(Metadata::Entry& entry);
  Status index_keys();

  ByteReader& reader_;
  Metadata metadata_;
};

}  // namespace peregrine::gguf
