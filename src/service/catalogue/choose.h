// Which files of a repository are a model, and which model of several is meant.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "hub/client.h"

namespace peregrine::service {

// A model as a repository holds it: one file, or all shards in order.
struct RepositoryModel {
  std::string name;  // path without extension and shard number
  std::vector<hub::RepositoryFile> files;

  std::uint64_t bytes() const;
};

// The models among a repository's files, by name. Left out: projectors for images (mmproj), importance
// matrices, sets that lack a shard, and names that check_model_file_name() refuses.
std::vector<RepositoryModel> models_of(std::span<const hub::RepositoryFile> files);

// The one that is `wanted`: a path (of any shard), or the quantisation in its name. With `wanted` empty:
// Q4_K_M, else `usual` (the catalogue's path, may be empty), else the only one. `usual_first` asks for the
// catalogue's before Q4_K_M. Errors: kNotFound, kInvalidArgument when several fit; they list what there is
// and how to name it.
Result<RepositoryModel> choose_model(std::string_view repository, std::vector<RepositoryModel> models,
                                     std::string_view wanted, std::string_view usual, bool usual_first);

}  // namespace peregrine::service
