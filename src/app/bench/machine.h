// Which machine this is, for whoever reads a measurement later.
#pragma once

#include <cstdint>
#include <string>

namespace peregrine::app::bench {

// The processor as the system names it, or "unknown".
std::string cpu_model();

// The largest cache that a core reaches, perhaps with others; 0 when the system does not tell.
std::uint64_t last_level_cache_bytes();

}  // namespace peregrine::app::bench
