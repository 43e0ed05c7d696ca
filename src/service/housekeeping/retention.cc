#include "service/housekeeping/retention.h"

namespace peregrine::service {

std::vector<Housekeeper::Task> retention_tasks(store::ResponseStore* responses, Files* files,
                                               Batches* batches) {
  std::vector<Housekeeper::Task> tasks;
  if (responses != nullptr) {
    tasks.push_back({"responses", [responses](std::int64_t now) { return responses->purge(now); }});
  }
  if (files != nullptr) {
    tasks.push_back({"files", [files](std::int64_t) { return files->purge(); }});
  }
  if (batches != nullptr) {
    tasks.push_back({"batches", [batches](std::int64_t) { return batches->purge(); }});
  }
  return tasks;
}

}  // namespace peregrine::service
