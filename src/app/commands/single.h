// Settings for commands that serve one person in one process.
#pragma once

#include <filesystem>

#include "app/settings.h"

namespace peregrine::app {

inline Settings single_user_settings(const std::filesystem::path& model, unsigned threads) {
  Settings settings;
  settings.models = {model};
  settings.threads = threads;
  settings.log_level = base::LogLevel::kWarning;
  settings.engine.max_sequences = 1;
  settings.engine.max_queued = 1;
  base::set_log_level(settings.log_level);
  return settings;
}

}  // namespace peregrine::app
