#include "app/bench/machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "app/settings.h"
#include "gguf/printable.h"

namespace peregrine::app::bench {

std::string cpu_model() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (!line.starts_with("model name")) continue;
    const std::size_t value = line.find_first_not_of(" \t", line.find(':') + 1);
    if (value != std::string::npos) return gguf::printable(line.substr(value), gguf::PrintStyle::kLine);
  }
  return "unknown";
}

std::uint64_t last_level_cache_bytes() {
  constexpr int kMaxCaches = 8;
  std::uint64_t largest = 0;
  for (int i = 0; i < kMaxCaches; ++i) {
    std::ifstream file(fmt::format("/sys/devices/system/cpu/cpu0/cache/index{}/size", i));
    std::string size;
    if (file >> size) largest = std::max(largest, parse_bytes(size).value_or(0));
  }
  return largest;
}

}  // namespace peregrine::app::bench
