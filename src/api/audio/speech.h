// POST /audio/speech: text to sound, for which no model is served.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/api.h"
#include "base/result.h"
#include "http/router.h"

namespace peregrine::api {

inline constexpr std::size_t kMaxSpeechInputBytes = 40'000;

// Checks a request as if it were served; returns the model. Errors: kInvalidArgument with the path.
Result<std::string> parse_speech_call(std::string_view body);

void add_speech_route(http::Router& router, const Services& services);

}  // namespace peregrine::api
