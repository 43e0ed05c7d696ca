// Errors of loading name the file that they are about.
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace peregrine::service {

// `error`, whose `where` begins with the path from now on.
inline tl::unexpected<Error> in_file(const std::filesystem::path& path, Error error) {
  if (!error.where.starts_with(path.string())) {
    error.where = error.where.empty() ? path.string() : path.string() + ": " + error.where;
  }
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace peregrine::service
