// Parses any bytes as an adapter_config.json.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>

#include "base/utf8.h"
#include "model/lora/files/peft_config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace model = peregrine::model;
  const auto require = [](bool promise) {
    if (!promise) std::abort();
  };
  const std::string text(data, data + size);
  const auto config = model::parse_peft_config(text);
  if (!config) {
    require(!config.error().message.empty() && peregrine::base::utf8_valid(config.error().text()));
    require(config.error().text().size() < 1000);
    return 0;
  }
  require(std::ranges::find(model::kPeftRanks, config->rank) != std::end(model::kPeftRanks));
  require(std::isfinite(config->scale) && config->scale >= 0);
  for (const std::string& target : config->target_modules) require(!target.empty());
  return 0;
}
