// The keywords of JSON Schema, and what becomes of each.
#pragma once

#include <cstdint>
#include <string_view>

namespace peregrine::grammar {

enum class KeywordUse : std::uint8_t {
  kAssertion,   // enforced
  kAnnotation,  // says nothing about what is valid
  kRefused,     // not enforced, so refused
};

// Keywords that are not in the table are refused: a misspelt keyword must not pass for a promise.
KeywordUse keyword_use(std::string_view keyword);

}  // namespace peregrine::grammar
