// Where models are pulled to, and how the commands on that folder are told.
#pragma once

#include <filesystem>
#include <optional>

namespace peregrine::app {

struct FolderOptions {
  std::optional<std::filesystem::path> data_dir;
  std::optional<std::filesystem::path> models_dir;
};

// --models-dir, else "models" in --data-dir, else in the default data folder. Absolute.
std::filesystem::path models_folder(const FolderOptions& options);

}  // namespace peregrine::app
