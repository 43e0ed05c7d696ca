// POST /audio/transcriptions, /audio/translations and /audio/speech.
#pragma once

#include "api/api.h"
#include "http/router.h"

namespace peregrine::api {

void add_audio_routes(http::Router& router, const Services& services, const Options& options);

}  // namespace peregrine::api
