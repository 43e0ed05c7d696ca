// Parses any bytes as a whisper model and uses whatever comes out of it.
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/utf8.h"
#include "gguf/testing/raw_whisper.h"
#include "gguf/whisper_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace gguf = peregrine::gguf;
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto file = gguf::WhisperFile::parse(bytes);
  if (!file) {
    gguf::testing::require(!file.error().where.empty() && peregrine::base::utf8_valid(file.error().text()));
    return 0;
  }
  gguf::testing::exercise(*file, bytes);
  return 0;
}
