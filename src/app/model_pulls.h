// Pulls that administrators order from a server that runs.
#pragma once

#include <memory>

#include "app/settings.h"
#include "base/result.h"
#include "service/pulls/pulls.h"

namespace peregrine::app {

// Into the folder of the settings; null where they allow none. Errors: the hub's environment makes no sense.
Result<std::unique_ptr<service::Pulls>> open_pulls(const Settings& settings);

}  // namespace peregrine::app
