// Reads any bytes as an adapter in a GGUF file.
#include <cstddef>
#include <cstdint>
#include <span>

#include "model/lora/files/testing/adapter_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace model = peregrine::model;
  namespace testing = peregrine::model::testing;
  const auto bytes = std::as_bytes(std::span(data, size));

  testing::check(model::read_gguf_adapter(bytes, testing::small_base()));
  return 0;
}
