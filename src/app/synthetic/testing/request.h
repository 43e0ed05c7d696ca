// Requests for synthetic models as tests write them: {{"--width", 32}, ...}.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/synthetic/spec.h"

namespace peregrine::app::synthetic::testing {

using SizeList = std::vector<std::pair<std::string_view, std::uint32_t>>;

inline SpecRequest request(std::string_view architecture, std::string_view type, const SizeList& sizes = {}) {
  SpecRequest request;
  request.architecture = architecture;
  request.type = type;
  for (const auto& [flag, value] : sizes) {
    const auto option = std::ranges::find(size_options(), flag, &SizeOption::flag);
    if (option == size_options().end()) throw std::runtime_error("no option " + std::string(flag));
    request.sizes[static_cast<std::size_t>(option - size_options().begin())] = value;
  }
  return request;
}

}  // namespace peregrine::app::synthetic::testing
