// An uploaded adapter, of either format, checked against the base model that it is for.
//
// A ZIP archive of adapter_config.json and adapter_model.safetensors with PEFT's names and the publisher's
// order of rows, or a GGUF file (general.type "adapter", adapter.type "lora") with GGUF's names and order: a
// pair NAME.lora_a [rank, in], NAME.lora_b [out, rank] per tensor NAME.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/lora/adapter_weights.h"
#include "model/lora/files/base_model.h"

namespace peregrine::model {

enum class AdapterFormat : std::uint8_t { kUnknown, kZip, kGguf };
// By its first bytes.
AdapterFormat adapter_format(std::span<const std::byte> bytes);

// Errors: kCorrupt, kUnsupported, kResourceExhausted, kNotFound; `where` is the member, key or tensor. Every
// message can be shown to a client.
Result<AdapterWeights> read_adapter(std::span<const std::byte> bytes, const AdapterBase& base);

// The two formats, unpacked.
Result<AdapterWeights> read_peft_adapter(std::string_view config, std::span<const std::byte> weights,
                                         const AdapterBase& base);
Result<AdapterWeights> read_gguf_adapter(std::span<const std::byte> bytes, const AdapterBase& base);

// Rows of [rows, columns] from the publisher's order to that of the base's file.
void reorder_rows(const BaseTarget& target, std::uint32_t columns, std::vector<float>& matrix);

}  // namespace peregrine::model
