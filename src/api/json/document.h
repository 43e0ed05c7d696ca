// Strict JSON bodies (RFC 8259) into a document tree.
//
// Refused, each with a message of its own: empty bodies, bytes that are not UTF-8, syntax errors, text after
// the value, nesting deeper than kMaxDepth, more than kMaxValues values (a tree takes many times the room of
// "0,0,0"), numbers beyond double precision's range, and objects that give one key twice.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace peregrine::api {

using Json = boost::json::value;

inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxValues = 1'000'000;

// Errors are kInvalidArgument; `where` is the path of a repeated key, otherwise empty.
Result<Json> parse_document(std::string_view body);

}  // namespace peregrine::api
