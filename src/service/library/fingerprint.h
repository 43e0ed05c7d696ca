// What tells one model of another in answers: `system_fingerprint`.
#pragma once

#include <string>

#include "gguf/file.h"
#include "gguf/whisper_file.h"

namespace peregrine::service {

// "fp_" and ten hexadecimal digits. Changes with the build, the weights' shapes and types, and the metadata;
// not with where the file lies.
std::string fingerprint_of(const gguf::File& file);
std::string fingerprint_of(const gguf::WhisperFile& file);

}  // namespace peregrine::service
