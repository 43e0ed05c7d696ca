#include "hub/download.h"

#include "hub/downloader.h"
#include "hub/part_file.h"

namespace peregrine::hub {

Status download(const Client& client, const Order& order, const ProgressSink& sink) {
  PEREGRINE_ASSIGN(PartFile part, PartFile::open(order.target, order.remote, client.options().chunk_bytes));
  if (part.verified()) return {};
  {
    Downloader downloader(client, part, order.remote, order.beginning, sink);
    if (auto status = downloader.run(); !status) {
      if (status.error().code == ErrorCode::kCorrupt) part.discard();
      return status;
    }
  }
  // Once more from the file itself: a part of an earlier run was never looked at here.
  PEREGRINE_ASSIGN(const bool begins, part.begins_with(order.beginning));
  if (!begins) {
    part.discard();
    return fail(ErrorCode::kCorrupt, "is not a model file and was thrown away; check the link",
                order.remote.url);
  }
  return part.verify(sink);
}

Status publish(const Order& order) {
  PEREGRINE_ASSIGN(PartFile part, PartFile::open(order.target, order.remote, 1));
  return part.publish();
}

Status discard(const std::filesystem::path& target) {
  std::error_code error;
  std::filesystem::remove(part_state_path(target), error);
  if (!error) std::filesystem::remove(part_path(target), error);
  if (error) return fail(ErrorCode::kIo, "cannot be removed: " + error.message(), part_path(target).string());
  return {};
}

}  // namespace peregrine::hub
