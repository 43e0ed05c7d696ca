// Reads any bytes as an adapter in a ZIP archive.
#include <cstddef>
#include <cstdint>
#include <span>

#include "model/lora/files/testing/adapter_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace model = peregrine::model;
  namespace testing = peregrine::model::testing;
  const auto bytes = std::as_bytes(std::span(data, size));
  if (model::adapter_format(bytes) != model::AdapterFormat::kZip) return 0;
  testing::check(model::read_adapter(bytes, testing::small_base()));
  return 0;
}
