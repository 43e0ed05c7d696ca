#include "app/models_folder.h"

#include <system_error>

#include "app/settings.h"

namespace peregrine::app {

std::filesystem::path models_folder(const FolderOptions& options) {
  const std::filesystem::path folder =
      options.models_dir.value_or(options.data_dir.value_or(default_data_dir()) / "models");
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(folder, error);
  return error ? folder : absolute.lexically_normal();
}

}  // namespace peregrine::app
