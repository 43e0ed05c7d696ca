// The models that have names: which repository of the hub and which file an id stands for, and what the model
// can do. Data (data/catalogue.json), embedded in the program; what is wrong in it fails a test.
//
// Ids and aliases are unique without regard to case. That a model is listed says where to get it, not that
// this build can run it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::service {

struct CatalogueEntry {
  std::string id;
  std::vector<std::string> aliases;
  std::string family;  // as in "llama-3"
  std::string owned_by;
  std::string repository;  // "org/name" on the hub
  std::string file;        // path in it; of a sharded model, the first shard
  std::string evidence;    // how sure the file's name is: see docs/models.md
  std::uint32_t context_length = 0;
  std::uint32_t max_completion_tokens = 0;
  std::string chat_format;                // "llama3", "harmony", ...
  std::vector<std::string> capabilities;  // of kCapabilities

  bool can(std::string_view capability) const;
};

class Catalogue {
 public:
  // The one in the program.
  static const Catalogue& builtin();
  // Errors: kCorrupt; `where` is the entry's id and the key in it.
  static Result<Catalogue> parse(std::string_view json);

  // nullptr when nothing has that id or alias.
  const CatalogueEntry* find(std::string_view id_or_alias) const;
  // The first that comes from a repository; nullptr when none does.
  const CatalogueEntry* find_repository(std::string_view repository) const;
  std::span<const CatalogueEntry> entries() const { return entries_; }

 private:
  std::vector<CatalogueEntry> entries_;
};

// Equality without regard to the case of ASCII letters: how ids compare.
bool same_id(std::string_view a, std::string_view b);

}  // namespace peregrine::service
