// Identifiers that the API hands out, and the system's randomness behind them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace peregrine::base {

// Fills with random bytes from the operating system.
void random_bytes(std::span<std::uint8_t> out);
std::uint64_t random_u64();

// Random (version 4) UUID in the usual lower-case form, RFC 9562.
std::string uuid4();

// `prefix` + "_" + 26 characters of lower-case Crockford base 32 over a time-ordered (version 7) UUID, as the
// TypeID specification writes it: "req_01jbd6g2qdfw2adyrt2az8hz4w".
std::string type_id(std::string_view prefix);

// Compares without telling by its run time where the first difference is.
bool constant_time_equal(std::string_view a, std::string_view b);

// SHA-256 of `data` as 64 hexadecimal digits.
std::string sha256_hex(std::string_view data);

}  // namespace peregrine::base
