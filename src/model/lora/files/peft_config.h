// adapter_config.json as PEFT (Hugging Face) writes it for LoRA.
//
// What would change the arithmetic and is not done here is refused by its name; what only describes how the
// adapter was trained is ignored; a key that is not known may say nothing (null, false, empty).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::model {

inline constexpr std::uint32_t kPeftRanks[] = {8, 16, 32, 64};

struct PeftConfig {
  std::uint32_t rank = 0;                   // one of kPeftRanks
  float scale = 1.0F;                       // alpha / r, or alpha / sqrt(r) with use_rslora
  std::vector<std::string> target_modules;  // last parts of their names; empty: whatever has tensors
};

// Errors: kCorrupt, kUnsupported; `where` is the key, or empty.
Result<PeftConfig> parse_peft_config(std::string_view text);

}  // namespace peregrine::model
