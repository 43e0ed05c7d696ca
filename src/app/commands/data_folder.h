// The database of the data folder, for commands that work beside a server.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "app/settings.h"
#include "store/database.h"

namespace peregrine::app {

inline Result<std::unique_ptr<store::Database>> open_data_folder(
    const std::optional<std::filesystem::path>& folder) {
  return store::Database::open(folder.value_or(default_data_dir()));
}

}  // namespace peregrine::app
