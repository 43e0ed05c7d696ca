#include "app/bench/machine.h"

#include <fstream>

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

}  // namespace peregrine::app::bench
