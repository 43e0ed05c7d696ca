// What the tests of this room share: data files and a fixed clock.
#pragma once

#include <boost/json.hpp>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "text/jinja/template.h"

namespace peregrine::jinja::testing {

// The file's bytes, or nothing when there is no such file.
inline std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

inline std::filesystem::path data_directory() {
  return std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests" / "golden" / "jinja";
}

// Empty where the shared reference data is absent.
inline std::filesystem::path shared_templates() {
  const std::filesystem::path directory =
      std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden" / "templates";
  return std::filesystem::is_directory(directory) ? directory : std::filesystem::path();
}

// Options with the clock at 2026-03-14 15:09:26, a Saturday.
inline RenderOptions fixed_options() {
  RenderOptions options;
  options.local_time = [] {
    std::tm time{};
    time.tm_year = 2026 - 1900;
    time.tm_mon = 2;
    time.tm_mday = 14;
    time.tm_hour = 15;
    time.tm_min = 9;
    time.tm_sec = 26;
    time.tm_wday = 6;
    time.tm_yday = 72;
    return time;
  };
  return options;
}

// What the template makes of the context: its text, or why there is none.
inline Result<std::string> render(std::string_view source, const boost::json::object& context = {},
                                  const Limits& limits = {}) {
  PEREGRINE_ASSIGN(const Template parsed, Template::parse(source, limits));
  return parsed.render(context, fixed_options());
}

}  // namespace peregrine::jinja::testing
