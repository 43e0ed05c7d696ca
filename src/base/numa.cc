#include "base/numa.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <limits>
#include <string>

namespace peregrine::base {
namespace {

constexpr unsigned long kInterleave = 3;  // MPOL_INTERLEAVE of set_mempolicy(2)
constexpr unsigned kWordBits = std::numeric_limits<unsigned long>::digits;

// A number at the beginning of `text`, which is taken off; kMaxMemoryNodes if there is none.
unsigned take_node(std::string_view& text) {
  unsigned node = kMaxMemoryNodes;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), node);
  if (error != std::errc()) return kMaxMemoryNodes;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return node;
}

std::vector<unsigned> read_memory_nodes() {
  std::ifstream file("/sys/devices/system/node/has_memory");
  std::string line;
  std::getline(file, line);
  return parse_node_list(line);
}

}  // namespace

std::vector<unsigned> parse_node_list(std::string_view text) {
  std::vector<unsigned> nodes;
  while (!text.empty()) {
    const unsigned first = take_node(text);
    unsigned last = first;
    if (text.starts_with('-')) {
      text.remove_prefix(1);
      last = take_node(text);
    }
    if (first > last || last >= kMaxMemoryNodes) return {};
    for (unsigned node = first; node <= last; ++node) nodes.push_back(node);
    if (text.empty()) break;
    if (text.front() != ',' || text.size() == 1) return {};
    text.remove_prefix(1);
  }
  const bool ascending = std::ranges::adjacent_find(nodes, std::ranges::greater_equal()) == nodes.end();
  return ascending ? nodes : std::vector<unsigned>();
}

const std::vector<unsigned>& memory_nodes() {
  static const std::vector<unsigned> nodes = read_memory_nodes();
  return nodes;
}

bool spread_pages(std::span<std::byte> memory, std::span<const unsigned> nodes) {
  std::array<unsigned long, kMaxMemoryNodes / kWordBits> mask{};
  for (const unsigned node : nodes) {
    if (node >= kMaxMemoryNodes) return false;
    mask[node / kWordBits] |= 1UL << (node % kWordBits);
  }
  // The kernel takes one bit less than it is told.
  return ::syscall(SYS_mbind, memory.data(), memory.size(), kInterleave, mask.data(), kMaxMemoryNodes + 1UL,
                   0UL) == 0;
}

}  // namespace peregrine::base
