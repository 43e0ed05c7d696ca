// Strict JSON (RFC 8259) to a document tree: one value, all of it UTF-8, nothing behind it but white space,
// no number beyond double precision's range, no key twice in an object, within the caller's limits.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace peregrine::text {

struct JsonLimits {
  std::size_t max_depth = 32;
  // A tree takes many times the room of "0,0,0". Without a limit the text's length is one.
  std::size_t max_values = std::numeric_limits<std::size_t>::max();
};

enum class JsonFault {
  kEmpty,  // nothing but white space
  kNotUtf8,
  kSyntax,
  kIncomplete,
  kTrailingText,
  kTooDeep,
  kTooManyValues,
  kNumberTooLarge,
  kRepeatedKey,
};

// One step down from the document: a key of an object, or a place in an array.
using JsonStep = std::variant<std::string, std::size_t>;

struct JsonRefusal {
  JsonFault fault = JsonFault::kSyntax;
  std::size_t at = 0;               // the byte where reading stopped; of kNotUtf8 the first that is wrong
  std::string grammar;              // the fault in the grammar's words; empty where no grammar speaks of it
  std::vector<JsonStep> path = {};  // of kRepeatedKey: to the key
};

tl::expected<boost::json::value, JsonRefusal> parse_json(std::string_view text, const JsonLimits& limits);

}  // namespace peregrine::text
