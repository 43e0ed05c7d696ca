// Pulling a model: what is meant, which files that is, and each of them downloaded, checked and named.
//
// A file gets its name when it is whole and checked, a set of shards when all of them are; the first shard,
// by which the model is opened, last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "hub/client.h"
#include "hub/progress.h"
#include "service/catalogue/catalogue.h"
#include "service/catalogue/model_folder.h"
#include "service/catalogue/reference.h"

namespace peregrine::service {

struct PullProgress {
  hub::Stage stage = hub::Stage::kAsking;
  std::string_view file;        // empty while asking what there is
  std::size_t file_number = 0;  // from 1
  std::size_t file_count = 0;
  std::uint64_t done = 0;  // bytes of all files together
  std::uint64_t total = 0;
  std::string_view note;  // see hub::Progress
};

// Called every 200 ms or so. False stops the pull; a later one goes on where it stopped.
using PullObserver = std::function<bool(const PullProgress&)>;

struct PullOptions {
  std::string sha256;  // that a URL's file must have, 64 hexadecimal digits; empty: any
};

struct PulledModel {
  std::string id;
  std::filesystem::path path;  // of the file to open
  std::uint64_t bytes = 0;
  bool was_there = false;  // nothing had to be fetched
};

// Errors say what to do next. kCancelled when the observer stopped it.
Result<PulledModel> pull_model(const hub::Client& client, const ModelFolder& folder,
                               const ModelReference& reference, const PullOptions& options,
                               const PullObserver& observer);

}  // namespace peregrine::service
