// Where the pages of large memory lie on machines with several memory nodes.
//
// What every thread reads is spread over the nodes page by page: work is taken in small pieces by whoever is
// free, so no thread has a part of its own that first touch could place beside it, and with one node all
// threads would share that node's bandwidth.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace peregrine::base {

inline constexpr unsigned kMaxMemoryNodes = 1024;

// "0-1,4" as the system writes it: 0, 1, 4. Empty for anything else, or nodes from kMaxMemoryNodes on.
std::vector<unsigned> parse_node_list(std::string_view text);

// Nodes that have memory, ascending; empty where the system does not tell.
const std::vector<unsigned>& memory_nodes();

// Pages of `memory` that were not touched yet are spread over `nodes`. A hint: false if the system did not
// take it. `memory` begins at a page.
bool spread_pages(std::span<std::byte> memory, std::span<const unsigned> nodes);

}  // namespace peregrine::base
