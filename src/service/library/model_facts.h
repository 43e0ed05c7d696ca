// What can be told of a model file without loading it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace peregrine::service {

// Tells whether a file is still the one that was looked at.
struct FileStamp {
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;

  // All zeros when there is no such file.
  static FileStamp of(const std::filesystem::path& path);
  bool operator==(const FileStamp&) const = default;
};

struct ModelFacts {
  std::int64_t created = 0;          // Unix seconds: when the file was last written
  std::uint32_t context_length = 0;  // what the model was trained for
  std::uint64_t weight_bytes = 0;
  std::uint64_t file_bytes = 0;  // of all its files
  bool listens = false;          // a speech model, whose context is one window's text
};

// The id that a model is served by: the catalogue's if it was pulled by that name, else that of its file.
std::string served_id(const std::filesystem::path& path);

// Reads the header. Errors name the file.
Result<ModelFacts> read_model_facts(const std::filesystem::path& path);

}  // namespace peregrine::service
