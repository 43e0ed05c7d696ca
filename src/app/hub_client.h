// The hub as the environment names it: HF_ENDPOINT, HF_TOKEN, SSL_CERT_FILE.
#pragma once

#include "hub/options.h"

namespace peregrine::app {

// What is not set stays the default.
hub::Options hub_options();

}  // namespace peregrine::app
