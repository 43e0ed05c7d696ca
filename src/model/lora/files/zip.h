// The archive that an adapter is uploaded as: exactly adapter_config.json and adapter_model.safetensors, at
// its top level.
//
// Format: PKWARE's APPNOTE, read by libzip after the number of entries is known to be small. Refused: other
// members, folders, links, encryption, names that are there twice, packed sizes that promise too much,
// contents that are not what their checksum says.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::model {

inline constexpr std::string_view kAdapterConfigName = "adapter_config.json";
inline constexpr std::string_view kAdapterWeightsName = "adapter_model.safetensors";

struct AdapterArchive {
  std::string config;
  std::vector<std::byte> weights;
};

// Errors: kCorrupt, kUnsupported, kResourceExhausted; `where` is the member.
Result<AdapterArchive> read_adapter_zip(std::span<const std::byte> bytes);

}  // namespace peregrine::model
