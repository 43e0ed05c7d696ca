// Where models are pulled to, and how the commands on that folder are told.
#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"

namespace peregrine::app {

struct FolderOptions {
  std::optional<std::filesystem::path> data_dir;
  std::optional<std::filesystem::path> models_dir;
};

// --models-dir, else "models" in --data-dir, else in the default data folder. Absolute.
std::filesystem::path models_folder(const FolderOptions& options);

// The file that `model` means: itself if there is such a file, else the model of that name in the folder.
// Errors: kNotFound, which tells how to get one.
Result<std::filesystem::path> model_file(const std::filesystem::path& model,
                                         const std::filesystem::path& folder);

}  // namespace peregrine::app
