// A stored scalar as a C++ value, for code that serves every numeric type alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

#include "gguf/format.h"

namespace peregrine::gguf {

using Number = std::variant<std::uint64_t, std::int64_t, float, double>;

// The number of the given type at `from`, widened; nullopt for types that are not numbers.
std::optional<Number> load_number(ValueType type, const std::byte* from);

}  // namespace peregrine::gguf
