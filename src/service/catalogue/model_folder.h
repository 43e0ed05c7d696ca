// The folder that models are pulled to, and what lies in it: every *.gguf, and every *.bin that begins as
// whisper's do, put there by us or by hand.
//
// Beside a file that was pulled lies FILE.json, saying where it came from. Only names directly in the folder
// count; a set of shards is one model, and only with its first shard. Names and contents are untrusted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxFolderEntries = 10000;

// Where a file came from.
struct Origin {
  std::string id;      // of the catalogue; empty when it was not named by one
  std::string source;  // "hf:ORG/REPO:FILE" or a URL
  std::uint64_t bytes = 0;
  std::string sha256;  // empty when the server told none
  std::string etag;
  std::string commit;
};

struct StoredModel {
  std::string id;                            // of the catalogue, else from the file's name, in lower case
  std::vector<std::filesystem::path> files;  // the first is the one to open
  std::uint64_t bytes = 0;                   // all files together
  std::optional<Origin> origin;              // of the first file
};

struct UnfinishedDownload {
  std::string name;  // of the file to be
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // 0 when nothing is known
};

struct FolderListing {
  std::vector<StoredModel> models;             // sorted by id
  std::vector<UnfinishedDownload> unfinished;  // sorted by name
};

class ModelFolder {
 public:
  explicit ModelFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& path() const { return folder_; }

  // An absent folder is an empty one. Errors: kIo, kResourceExhausted over kMaxFolderEntries.
  Result<FolderListing> list() const;

  // The model with that id, file name or path. Errors: kNotFound, which tells what there is; kInvalidArgument
  // when several have the id.
  Result<StoredModel> find(std::string_view name) const;

  // Removes its files and what lies beside them; the first file goes first, so that no set is ever half
  // there.
  Status remove(const StoredModel& model) const;
  // Removes what there is of a download. Errors: kNotFound, kIo.
  Status remove_unfinished(std::string_view name) const;

 private:
  std::filesystem::path folder_;
};

std::filesystem::path origin_path(const std::filesystem::path& file);
// nullopt when there is none that can be read.
std::optional<Origin> read_origin(const std::filesystem::path& file);
Status write_origin(const std::filesystem::path& file, const Origin& origin);

}  // namespace peregrine::service
