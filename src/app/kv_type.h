// The names of the types that keys and values can be stored as: `engine.kv_type`, --kv-type, --kv.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "tensor/dtype.h"

namespace peregrine::app {

struct KvType {
  const char* name;
  tensor::DType dtype;
};
inline constexpr std::array<KvType, 3> kKvTypes = {
    {{"f16", tensor::DType::kF16}, {"q8_0", tensor::DType::kQ8_0}, {"f32", tensor::DType::kF32}}};

constexpr std::optional<tensor::DType> parse_kv_type(std::string_view name) {
  for (const KvType& type : kKvTypes) {
    if (name == type.name) return type.dtype;
  }
  return std::nullopt;
}

constexpr std::string_view kv_type_name(tensor::DType dtype) {
  for (const KvType& type : kKvTypes) {
    if (dtype == type.dtype) return type.name;
  }
  return {};
}

}  // namespace peregrine::app
