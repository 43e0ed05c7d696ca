// Parses any bytes as a safetensors file. What is accepted lies within the file, without overlap.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/utf8.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/numbers.h"
#include "model/lora/files/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace model = peregrine::model;
  const auto require = [](bool promise) {
    if (!promise) std::abort();
  };
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto tensors = model::parse_safetensors(bytes);
  if (!tensors) {
    require(!tensors.error().message.empty() && peregrine::base::utf8_valid(tensors.error().text()));
    return 0;
  }
  require(tensors->size() <= model::kMaxAdapterTensors);
  const std::byte* end = nullptr;
  for (const model::SafeTensor& tensor : *tensors) {
    require(tensor.data.data() >= bytes.data() &&
            tensor.data.data() + tensor.data.size() <= bytes.data() + size);
    require(end == nullptr || tensor.data.data() == end);
    end = tensor.data.data() + tensor.data.size();
    const auto floats = model::finite_floats(tensor.data, tensor.type, tensor.name);
    if (floats) require(floats->size() == tensor.rows * tensor.columns);
  }
  return 0;
}
