#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "app/commands/commands.h"
#include "app/pull_display.h"
#include "gguf/printable.h"
#include "service/catalogue/model_folder.h"

namespace peregrine::app {
namespace {

// Asks on a terminal; elsewhere nobody could answer.
Status confirm(const RmOptions& options, const std::string& what) {
  if (options.yes) return {};
  if (::isatty(STDIN_FILENO) == 0) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("would remove {}; say --yes to do it", what));
  }
  fmt::print(stderr, "Remove {}? [y/N] ", what);
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") return {};
  return fail(ErrorCode::kCancelled, "nothing was removed");
}

Status run(const RmOptions& options) {
  const service::ModelFolder folder(models_folder(options.folder));
  const auto model = folder.find(options.model);
  if (model) {
    const std::string files = model->files.size() == 1 ? "" : fmt::format(", {} files", model->files.size());
    PEREGRINE_TRY(confirm(
        options,
        fmt::format("{} ({}{})", gguf::printable(model->files.front().string(), gguf::PrintStyle::kLine),
                    shown_bytes(static_cast<double>(model->bytes)), files)));
    return folder.remove(*model);
  }
  if (model.error().code != ErrorCode::kNotFound) return tl::unexpected(model.error());
  PEREGRINE_ASSIGN(const service::FolderListing listing, folder.list());
  for (const service::UnfinishedDownload& download : listing.unfinished) {
    if (download.name != options.model) continue;
    PEREGRINE_TRY(confirm(
        options, "the unfinished download of " + gguf::printable(download.name, gguf::PrintStyle::kLine)));
    return folder.remove_unfinished(download.name);
  }
  return tl::unexpected(model.error());
}

}  // namespace

int rm(const RmOptions& options) {
  const Status status = run(options);
  return status ? 0 : report(status.error());
}

}  // namespace peregrine::app
