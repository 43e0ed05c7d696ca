#include "gguf/tensor_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace peregrine::gguf {
namespace {

using tensor::DType;

struct TensorType {
  std::uint32_t id;
  std::string_view name;
  std::optional<DType> dtype;  // nullopt: known to the format, refused here
};

// Numbers 4, 5, 31 to 33 and 36 to 38 were withdrawn from the format; old files may still carry them.
constexpr std::array<TensorType, 43> kTypes = {{
    {0, "F32", DType::kF32},          {1, "F16", DType::kF16},          {2, "Q4_0", DType::kQ4_0},
    {3, "Q4_1", DType::kQ4_1},        {4, "Q4_2", std::nullopt},        {5, "Q4_3", std::nullopt},
    {6, "Q5_0", DType::kQ5_0},        {7, "Q5_1", DType::kQ5_1},        {8, "Q8_0", DType::kQ8_0},
    {9, "Q8_1", std::nullopt},        {10, "Q2_K", DType::kQ2_K},       {11, "Q3_K", DType::kQ3_K},
    {12, "Q4_K", DType::kQ4_K},       {13, "Q5_K", DType::kQ5_K},       {14, "Q6_K", DType::kQ6_K},
    {15, "Q8_K", std::nullopt},       {16, "IQ2_XXS", std::nullopt},    {17, "IQ2_XS", std::nullopt},
    {18, "IQ3_XXS", std::nullopt},    {19, "IQ1_S", std::nullopt},      {20, "IQ4_NL", DType::kIQ4_NL},
    {21, "IQ3_S", std::nullopt},      {22, "IQ2_S", std::nullopt},      {23, "IQ4_XS", DType::kIQ4_XS},
    {24, "I8", DType::kI8},           {25, "I16", DType::kI16},         {26, "I32", DType::kI32},
    {27, "I64", DType::kI64},         {28, "F64", DType::kF64},         {29, "IQ1_M", std::nullopt},
    {30, "BF16", DType::kBF16},       {31, "Q4_0_4_4", std::nullopt},   {32, "Q4_0_4_8", std::nullopt},
    {33, "Q4_0_8_8", std::nullopt},   {34, "TQ1_0", std::nullopt},      {35, "TQ2_0", std::nullopt},
    {36, "IQ4_NL_4_4", std::nullopt}, {37, "IQ4_NL_4_8", std::nullopt}, {38, "IQ4_NL_8_8", std::nullopt},
    {39, "MXFP4", DType::kMXFP4},     {40, "NVFP4", std::nullopt},      {41, "Q1_0", std::nullopt},
    {42, "Q2_0", std::nullopt},
}};

std::string supported_names() {
  std::string names;
  for (const TensorType& type : kTypes) {
    if (!type.dtype) continue;
    if (!names.empty()) names += ", ";
    names += type.name;
  }
  return names;
}

}  // namespace

Result<DType> tensor_type_from_id(std::uint32_t id) {
  const auto* type = std::ranges::find(kTypes, id, &TensorType::id);
  if (type == kTypes.end()) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("has the unknown type number {}; supported: {}", id, supported_names()));
  }
  if (!type->dtype) {
    return fail(ErrorCode::kUnsupported, fmt::format("has type {}, which is not supported; supported: {}",
                                                     type->name, supported_names()));
  }
  return *type->dtype;
}

std::uint32_t tensor_type_id(DType dtype) {
  return std::ranges::find(kTypes, dtype, &TensorType::dtype)->id;
}

}  // namespace peregrine::gguf
