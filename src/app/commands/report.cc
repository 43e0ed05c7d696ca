#include <cstdio>

#include "app/commands/commands.h"

namespace peregrine::app {

int report(const Error& error) {
  std::fprintf(stderr, "peregrine: %s\n", error.text().c_str());
  return 1;
}

}  // namespace peregrine::app
