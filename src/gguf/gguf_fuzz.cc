// Parses any bytes as a model file and uses whatever comes out of it.
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/utf8.h"
#include "gguf/file.h"
#include "gguf/summary.h"
#include "gguf/testing/exercise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace gguf = peregrine::gguf;
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto file = gguf::File::parse(bytes);
  if (!file) {
    gguf::testing::require(!file.error().where.empty() && peregrine::base::utf8_valid(file.error().text()));
    return 0;
  }
  gguf::testing::exercise(*file, bytes);
  gguf::testing::require(peregrine::base::utf8_valid(gguf::render_text(*file)));
  gguf::testing::require(peregrine::base::utf8_valid(gguf::render_json(*file)));
  return 0;
}
