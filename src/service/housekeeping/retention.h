// What is deleted when it is too old: responses, files with their contents, batches that have ended.
#pragma once

#include <vector>

#include "service/batches/batches.h"
#include "service/files/files.h"
#include "service/housekeeping/housekeeper.h"
#include "store/responses/response_store.h"

namespace peregrine::service {

// Of those that are kept; null: they are not. How old is too old is the stores' to know.
std::vector<Housekeeper::Task> retention_tasks(store::ResponseStore* responses, Files* files,
                                               Batches* batches);

}  // namespace peregrine::service
