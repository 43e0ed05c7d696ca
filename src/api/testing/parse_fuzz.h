// What fuzzers of request parsers share: a body is parsed or refused, never worse.
#pragma once

#include <cstdlib>
#include <string>

#include "api/json/writer.h"
#include "base/result.h"
#include "base/utf8.h"

namespace peregrine::api::testing {

inline void require(bool condition) {
  if (!condition) std::abort();
}

// What a refusal may say.
inline void check_refusal(const Error& error) {
  require(error.code == ErrorCode::kInvalidArgument && !error.message.empty());
  require(error.message.size() < 4096 && error.where.size() < 16384);
  std::string rendered;
  append_json_string(rendered, error.message);
  require(base::utf8_valid(rendered));
}

}  // namespace peregrine::api::testing
