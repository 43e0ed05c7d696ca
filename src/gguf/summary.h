// What a model file holds, for people and for scripts: `peregrine inspect`.
//
// Both forms state the same facts: format, metadata (long arrays shortened), every tensor, sizes by element
// type, totals, chat templates. The text is safe to print on a terminal whatever the file says; the JSON is
// one valid document, with invalid UTF-8 replaced by U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gguf/file.h"

namespace peregrine::gguf {

struct TypeTotal {
  tensor::DType type = tensor::DType::kF32;
  std::uint64_t tensors = 0;
  std::uint64_t parameters = 0;
  std::uint64_t bytes = 0;
};

struct Totals {
  std::uint64_t parameters = 0;
  std::uint64_t bytes = 0;         // of tensors; the file also holds metadata and padding
  std::vector<TypeTotal> by_type;  // element types in use, the most bytes first
};

Totals totals(const File& file);

struct SummaryOptions {
  std::size_t max_name_chars = 64;   // of keys and tensor names
  std::size_t max_value_chars = 72;  // of metadata values; chat templates are always whole
};

std::string render_text(const File& file, const SummaryOptions& options = {});

// {"format": {"version", "alignment", "shards", "bytes"},
//  "metadata": [{"key", "type", "value"} or {"key", "type": "array", "element_type", "count", "first":
//  [...]}], "tensors": [{"name", "type", "shape", "parameters", "bytes"}], "types": [{"type", "tensors",
//  "parameters", "bytes", "share"}], "total": {"tensors", "parameters", "bytes"}}
// Strings are whole up to 1 MiB; numbers that JSON lacks are "NaN", "Infinity" and "-Infinity". Shapes have
// the innermost dimension first, shares are fractions of the tensors' bytes.
std::string render_json(const File& file);

}  // namespace peregrine::gguf
