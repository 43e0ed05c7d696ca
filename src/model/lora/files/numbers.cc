#include "model/lora/files/numbers.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "gguf/byte_reader.h"
#include "gguf/printable.h"
#include "model/lora/files/limits.h"
#include "tensor/half.h"

namespace peregrine::model {
namespace {

template <class Stored, class Convert>
bool convert(std::span<const std::byte> data, std::vector<float>& out, Convert to_float) {
  out.resize(data.size() / sizeof(Stored));
  bool finite = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = to_float(gguf::load<Stored>(data.data() + i * sizeof(Stored)));
    finite = finite && std::isfinite(out[i]);
  }
  return finite;
}

}  // namespace

Result<std::vector<float>> finite_floats(std::span<const std::byte> data, tensor::DType type,
                                         std::string_view name) {
  std::vector<float> out;
  bool finite = false;
  switch (type) {
    case tensor::DType::kF32:
      finite = convert<float>(data, out, [](float value) { return value; });
      break;
    case tensor::DType::kF16:
      finite = convert<std::uint16_t>(data, out, tensor::f16_to_f32);
      break;
    case tensor::DType::kBF16:
      finite = convert<std::uint16_t>(data, out, tensor::bf16_to_f32);
      break;
    default:
      return fail(ErrorCode::kUnsupported, "must be of F16, BF16 or F32",
                  gguf::printable(name, gguf::PrintStyle::kLine, kMaxShownChars));
  }
  if (finite) return out;
  return fail(ErrorCode::kCorrupt, "has values that are infinite or no numbers",
              gguf::printable(name, gguf::PrintStyle::kLine, kMaxShownChars));
}

}  // namespace peregrine::model
