#include <cstdio>

#include "app/commands/commands.h"

namespace peregrine::app {

int report(const Error& error) {
  std::fprintf(stderr, "peregrine: %s\n", error.text().c_str());
  return 1;
}

int report(Error error, const std::filesystem::path& file) {
  if (error.where.find(file.string()) == std::string::npos) {
    error.where = error.where.empty() ? file.string() : file.string() + ": " + error.where;
  }
  return report(error);
}

}  // namespace peregrine::app
