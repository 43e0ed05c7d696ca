// Errors of loading name the file that they are about.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
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

// The error's text with file names in place of paths into `folder`: clients may read it.
inline std::string text_without_folder(const Error& error, const std::filesystem::path& folder) {
  std::string text = error.text();
  const std::string prefix = (folder / "").string();
  for (std::size_t at; prefix.size() > 1 && (at = text.find(prefix)) != std::string::npos;) {
    text.erase(at, prefix.size());
  }
  return text;
}

}  // namespace peregrine::service
