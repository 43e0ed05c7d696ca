// Python's keyword arguments as JSON: `city="Paris", days=3, tags=["a"]` to {"city": "Paris", ...}.
//
// Values are literals: strings in either quotes, numbers, True, False, None (JSON's true, false, null too),
// lists, tuples, and dictionaries with string keys. Numbers keep their digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace peregrine::service {

inline constexpr int kMaxPythonDepth = 64;

// The text of a JSON object; nothing if `text` is something else, names an argument twice, or nests too deep.
std::optional<std::string> python_arguments_to_json(std::string_view text);

}  // namespace peregrine::service
