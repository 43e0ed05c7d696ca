#include "gguf/number.h"

#include "gguf/byte_reader.h"

namespace peregrine::gguf {

std::optional<Number> load_number(ValueType type, const std::byte* from) {
  switch (type) {
    case ValueType::kU8:
      return std::uint64_t{load<std::uint8_t>(from)};
    case ValueType::kI8:
      return std::int64_t{load<std::int8_t>(from)};
    case ValueType::kU16:
      return std::uint64_t{load<std::uint16_t>(from)};
    case ValueType::kI16:
      return std::int64_t{load<std::int16_t>(from)};
    case ValueType::kU32:
      return std::uint64_t{load<std::uint32_t>(from)};
    case ValueType::kI32:
      return std::int64_t{load<std::int32_t>(from)};
    case ValueType::kU64:
      return load<std::uint64_t>(from);
    case ValueType::kI64:
      return load<std::int64_t>(from);
    case ValueType::kF32:
      return load<float>(from);
    case ValueType::kF64:
      return load<double>(from);
    case ValueType::kBool:
    case ValueType::kString:
    case ValueType::kArray:
      break;
  }
  return std::nullopt;
}

}  // namespace peregrine::gguf
