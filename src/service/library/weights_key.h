// What tells a model's file from all others, for weights that are kept between runs: a digest of its size,
// its modification time and samples of its content.
#pragma once

#include <filesystem>
#include <string>

namespace peregrine::service {

// Empty where it cannot be told: a file that cannot be read, or one of several shards.
std::string weights_key(const std::filesystem::path& file);

}  // namespace peregrine::service
