// Schemas of many kinds, as data: tests/grammar/schemas/KIND.json, each {"name": schema, ...}.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace peregrine::grammar::testing {

struct NamedSchema {
  std::string name;  // KIND/name
  boost::json::value schema;
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::vector<NamedSchema> read_schemas(const std::filesystem::path& source_dir) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir / "tests/grammar/schemas")) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<NamedSchema> all;
  for (const auto& file : files) {
    const boost::json::value value = boost::json::parse(read_text(file));
    for (const auto& [name, schema] : value.as_object()) {
      all.push_back({file.stem().string() + "/" + std::string(name), schema});
    }
  }
  return all;
}

}  // namespace peregrine::grammar::testing
