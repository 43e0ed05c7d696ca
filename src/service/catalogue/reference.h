// What a person names to pull: an id of the catalogue, "hf:ORG/REPO[:FILE]", or a URL.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "service/catalogue/catalogue.h"

namespace peregrine::service {

struct RepositoryReference {
  std::string repository;  // "org/name"
  std::string file;        // path in it, or a quantisation such as "Q8_0"; empty: to be chosen
};

struct UrlReference {
  std::string url;
  std::string file_name;  // of the file to be made from it
};

using ModelReference = std::variant<const CatalogueEntry*, RepositoryReference, UrlReference>;

// `hub` is the hub's address: its web pages are understood, too. Errors: kInvalidArgument, kNotFound for an
// id that is not in the catalogue; they say what may be written.
Result<ModelReference> parse_model_reference(std::string_view text, const Catalogue& catalogue,
                                             std::string_view hub);

// A name that may be given to a file in the models folder: one path component of letters, digits and "._-+=@
// ()", not hidden, at most kMaxFileNameBytes, ending in .gguf (or .bin, as whisper's files do). Errors:
// kInvalidArgument; `where` is the name, made safe to print.
Status check_model_file_name(std::string_view name);

// A path as repositories have them: printable ASCII, no empty component, none that climbs.
bool is_repository_path(std::string_view path);

inline constexpr std::size_t kMaxFileNameBytes = 200;  // leaves room for the suffixes of a download
inline constexpr std::size_t kMaxReferenceBytes = 8192;

bool is_gguf_name(std::string_view name);     // ends in .gguf, in whatever case
bool is_whisper_name(std::string_view name);  // ends in .bin, in whatever case

// The last component of a path with '/'.
std::string_view base_name(std::string_view path);

}  // namespace peregrine::service
