// The id of a model that has no other name than its file's.
#pragma once

#include <filesystem>
#include <string>

namespace peregrine::service {

// The base name without ".gguf" and shard suffix, in lower case. Of a .bin file, too, where "ggml-", as
// whisper's files begin, becomes "whisper-".
std::string model_id_for(const std::filesystem::path& path);

}  // namespace peregrine::service
