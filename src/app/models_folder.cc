#include "app/models_folder.h"

#include <fmt/format.h>

#include <system_error>

#include "app/settings.h"
#include "service/catalogue/model_folder.h"
#include "service/catalogue/reference.h"

namespace peregrine::app {

std::filesystem::path models_folder(const FolderOptions& options) {
  const std::filesystem::path folder =
      options.models_dir.value_or(options.data_dir.value_or(default_data_dir()) / "models");
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(folder, error);
  return error ? folder : absolute.lexically_normal();
}

Result<std::filesystem::path> model_file(const std::filesystem::path& model,
                                         const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::exists(model, error)) return model;
  auto found = service::ModelFolder(folder).find(model.string());
  if (found) return found->files.front();
  if (found.error().code != ErrorCode::kNotFound) return tl::unexpected(std::move(found.error()));
  if (service::is_gguf_name(model.string()) || service::is_whisper_name(model.string()))
    return model;  // whoever opens it says what is wrong
  return fail(
      ErrorCode::kNotFound,
      fmt::format("is neither a file nor a model in {}; 'peregrine list' tells what there is, 'peregrine "
                  "pull' gets more",
                  folder.string()),
      found.error().where);
}

}  // namespace peregrine::app
