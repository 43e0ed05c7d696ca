// Every limit of the room, in one place. What passes one of them is refused with an error that names it;
// nothing is truncated. Compilation limits bound what a client can send, the others what decoding can grow.
#pragma once

#include <cstddef>
#include <cstdint>

namespace peregrine::grammar {

// Compilation.
inline constexpr std::size_t kMaxSchemaBytes = 4U << 20;  // text of one schema
inline constexpr std::size_t kMaxSchemaDepth = 128;  // nested values, and references followed in one place
inline constexpr std::size_t kMaxRules = 1U << 16;   // different places of a schema, after merging
inline constexpr std::size_t kMaxNodes = 1U << 21;   // grammar nodes
inline constexpr std::size_t kMaxBranches = 1024;    // alternatives of one place, allOf multiplied out
inline constexpr std::size_t kMaxExpansionSteps = 1U << 20;   // subschemas looked at, over the whole schema
inline constexpr std::size_t kMaxPatternProperties = 6;       // of one object: their overlaps are told apart
inline constexpr std::size_t kMaxPatternBytes = 4096;         // one regular expression
inline constexpr std::size_t kMaxPatternDepth = 64;           // nested groups
inline constexpr std::uint32_t kMaxRepeat = 1U << 20;         // {m,n}, minLength, maxItems...
inline constexpr std::size_t kMaxLiteralBytes = 1U << 18;     // one literal, constant or property name
inline constexpr std::size_t kMaxChoices = 1U << 16;          // literal strings of a choice
inline constexpr std::uint64_t kMaxMultiple = 1'000'000'000;  // multipleOf
inline constexpr int kMaxNumberDigits = 400;                  // of a bound, written out
inline constexpr int kMaxIntegerDigits = 18;                  // of an integer without bounds: 64 bits hold it
inline constexpr int kMaxDecimalDigits = 15;  // of a number with bounds: a double tells them apart

// Regular expressions, at compilation and as states are met.
inline constexpr std::size_t kMaxExpressions = 1U << 22;      // hash-consed nodes of one automaton
inline constexpr std::size_t kMaxEmptinessSearch = 1U << 15;  // states searched for one accepting state
inline constexpr std::size_t kMaxDerivativeWork = 1U << 22;   // derivatives of one transition table

// Matching.
inline constexpr std::size_t kMaxThreads = 4096;            // simultaneous readings of one text
inline constexpr std::size_t kMaxClosureSteps = 1U << 16;   // cells entered without reading a byte
inline constexpr std::uint32_t kMaxStackDepth = 4096;       // cells below the top of a stack
inline constexpr std::uint32_t kMaxFreeProperties = 1024;   // unlisted properties of one object
inline constexpr std::size_t kMaxCells = 1U << 22;          // of one automaton, all its matchers together
inline constexpr std::size_t kRenewCells = 1U << 18;        // past it new matchers get a fresh automaton
inline constexpr std::size_t kRenewExpressions = 1U << 20;  // likewise, grown since compilation
inline constexpr std::size_t kMaskCacheEntries = 64;        // whole masks kept by an automaton
inline constexpr std::size_t kHeadCacheBytes = 16U << 20;   // masks of terminal states kept by an automaton
inline constexpr std::size_t kMaxForcedBytes = 4096;        // returned by one call of forced_bytes()
inline constexpr std::size_t kMaxTokenBytes = 4096;         // longer tokens of a vocabulary are never allowed

}  // namespace peregrine::grammar
