// Which machine this is, for whoever reads a measurement later.
#pragma once

#include <string>

namespace peregrine::app::bench {

// The processor as the system names it, or "unknown".
std::string cpu_model();

}  // namespace peregrine::app::bench
