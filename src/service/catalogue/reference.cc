#include "service/catalogue/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "gguf/printable.h"

namespace peregrine::service {
namespace {

constexpr std::string_view kHowToName =
    "write an id of the catalogue, hf:ORG/REPO[:FILE] for a repository of the hub, or an https:// URL of a "
    ".gguf file";
constexpr std::size_t kMaxRepositoryPart = 96;  // the hub's own limit for a name
constexpr std::size_t kMaxPathBytes = 1024;
constexpr std::size_t kShownChars = 120;

tl::unexpected<Error> bad(std::string what, std::string_view where) {
  return fail(ErrorCode::kInvalidArgument, std::move(what),
              gguf::printable(where, gguf::PrintStyle::kQuoted, kShownChars));
}

bool ends_with_no_case(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && same_id(text.substr(text.size() - suffix.size()), suffix);
}

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// ORG and NAME are letters, digits, '-', '_' and '.', and begin with one of the first two.
bool is_repository_part(std::string_view part) {
  return !part.empty() && part.size() <= kMaxRepositoryPart && is_alnum(part[0]) &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_repository(std::string_view text) {
  const auto parts = split(text, '/');
  return parts.size() == 2 && is_repository_part(parts[0]) && is_repository_part(parts[1]);
}

Result<ModelReference> parse_repository(std::string_view text) {
  RepositoryReference reference;
  const std::size_t colon = text.find(':');
  reference.repository = text.substr(0, colon);
  if (!is_repository(reference.repository)) {
    return bad("is no repository; write hf:ORG/REPO, as in hf:ggml-org/gpt-oss-20b-GGUF",
               reference.repository);
  }
  if (colon == std::string_view::npos) return reference;
  reference.file = text.substr(colon + 1);
  if (!is_repository_path(reference.file)) {
    return bad(
        "is no file of a repository; write its path there, as in hf:ORG/REPO:model-Q8_0.gguf, or only the "
        "quantisation, as in hf:ORG/REPO:Q8_0",
        reference.file);
  }
  if (is_gguf_name(reference.file) || is_whisper_name(reference.file)) {
    if (auto status = check_model_file_name(base_name(reference.file)); !status) {
      return tl::unexpected(status.error());
    }
  }
  return reference;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) {
      out.push_back(text[i]);
    } else {
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  return out;
}

// Pages of the hub that people copy from the browser: a repository, or the view of a file.
Result<ModelReference> parse_url(std::string_view text, std::string_view hub) {
  const std::string_view address = text.substr(0, text.find_first_of("?#"));
  for (const std::string_view host : {hub, std::string_view("https://huggingface.co")}) {
    if (!address.starts_with(host) || address.size() <= host.size() || address[host.size()] != '/') continue;
    const std::string_view path = address.substr(host.size() + 1);
    if (is_repository(path)) return RepositoryReference{std::string(path), {}};
  }
  UrlReference reference{std::string(text), percent_decoded(base_name(address))};
  if (auto status = check_model_file_name(reference.file_name); !status)
    return tl::unexpected(status.error());
  constexpr std::string_view kBlob = "/blob/";
  const std::size_t blob = reference.url.find(kBlob);
  const bool on_hub = text.starts_with(hub) || text.starts_with("https://huggingface.co/");
  if (on_hub && blob != std::string::npos) reference.url.replace(blob, kBlob.size(), "/resolve/");
  return reference;
}

Result<ModelReference> unknown_id(std::string_view text, const Catalogue& catalogue) {
  if (is_repository(text)) {
    return fail(
        ErrorCode::kNotFound,
        fmt::format("is not in the catalogue; for the repository of that name on the hub write hf:{}", text),
        std::string(text));
  }
  std::string ids;
  for (const CatalogueEntry& entry : catalogue.entries()) ids += "\n  " + entry.id;
  return fail(ErrorCode::kNotFound,
              fmt::format("is not in the catalogue; {}. The catalogue has{}", kHowToName, ids),
              gguf::printable(text, gguf::PrintStyle::kQuoted, kShownChars));
}

}  // namespace

Result<ModelReference> parse_model_reference(std::string_view text, const Catalogue& catalogue,
                                             std::string_view hub) {
  constexpr std::string_view kHub = "hf:";
  if (text.empty()) return bad(std::string(kHowToName), text);
  if (text.size() > kMaxReferenceBytes) return bad("is too long; " + std::string(kHowToName), text);
  if (text.starts_with("hf://")) return parse_repository(text.substr(5));
  if (text.starts_with(kHub)) return parse_repository(text.substr(kHub.size()));
  if (text.find("://") != std::string_view::npos) return parse_url(text, hub);
  if (const CatalogueEntry* entry = catalogue.find(text)) return entry;
  return unknown_id(text, catalogue);
}

bool is_repository_path(std::string_view path) {
  if (path.empty() || path.size() > kMaxPathBytes) return false;
  const bool clean =
      std::all_of(path.begin(), path.end(), [](char c) { return c >= 0x20 && c < 0x7F && c != '\\'; });
  const auto parts = split(path, '/');
  return clean && std::none_of(parts.begin(), parts.end(), [](std::string_view part) {
           return part.empty() || part == "." || part == "..";
         });
}

Status check_model_file_name(std::string_view name) {
  constexpr std::string_view kAllowed = "._-+=@ ()";
  const auto allowed = [&](char c) { return is_alnum(c) || kAllowed.find(c) != std::string_view::npos; };
  if (!is_gguf_name(name) && !is_whisper_name(name)) {
    return bad("is no model file; its name must end in .gguf (or .bin, for whisper)", name);
  }
  if (name.size() > kMaxFileNameBytes) {
    return bad(fmt::format("is a name of more than {} bytes; download it by hand into the models folder",
                           kMaxFileNameBytes),
               name);
  }
  if (!is_alnum(name[0]) || !std::all_of(name.begin(), name.end(), allowed)) {
    return bad(
        "is a name that is not taken from a server: letters, digits and ._-+=@() only, a letter or digit "
        "first",
        name);
  }
  return {};
}

bool is_gguf_name(std::string_view name) {
  return ends_with_no_case(name, ".gguf");
}

bool is_whisper_name(std::string_view name) {
  return ends_with_no_case(name, ".bin");
}

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace peregrine::service
