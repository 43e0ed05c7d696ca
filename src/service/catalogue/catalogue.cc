#include "service/catalogue/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cctype>
#include <limits>
#include <set>

#include "service/catalogue/embedded.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 10> kCapabilities = {
    "tools",  "parallel_tools", "json_mode",   "json_schema", "reasoning",
    "vision", "transcription",  "translation", "moderation",  "embeddings"};
constexpr std::array<std::string_view, 9> kChatFormats = {
    "gemma2", "llama3", "llama4", "kimi-k2", "harmony", "qwen3", "guard-llama3", "guard-llama4", "whisper"};
// A page of the hub lists the file; a download link was seen; only the repository was seen.
constexpr std::array<std::string_view, 3> kEvidence = {"listing", "link", "repository"};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// Reads one entry, key by key; remembers the first thing that is wrong.
class EntryReader {
 public:
  explicit EntryReader(const json::object& object) : object_(object) {}

  std::string text(std::string_view key) {
    const json::value* value = take(key);
    if (value == nullptr || !value->is_string() || value->get_string().empty()) {
      wrong(key, "must be a string that is not empty");
      return {};
    }
    return std::string(value->get_string());
  }

  std::uint32_t number(std::string_view key) {
    const json::value* value = take(key);
    if (value == nullptr || !value->is_int64() || value->get_int64() <= 0 ||
        value->get_int64() > std::numeric_limits<std::uint32_t>::max()) {
      wrong(key, "must be a positive integer");
      return 0;
    }
    return static_cast<std::uint32_t>(value->get_int64());
  }

  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> out;
    const json::value* value = take(key);
    if (value == nullptr || !value->is_array() || value->get_array().empty()) {
      wrong(key, "must be an array of strings that is not empty");
      return out;
    }
    for (const json::value& item : value->get_array()) {
      if (!item.is_string() || item.get_string().empty()) {
        wrong(key, "must be an array of strings");
      } else {
        out.emplace_back(item.get_string());
      }
    }
    return out;
  }

  void wrong(std::string_view key, std::string_view what) {
    if (error_.empty()) error_ = fmt::format("'{}' {}", key, what);
  }

  // What is wrong; empty when nothing is and every key was read.
  std::string finish() {
    for (const auto& member : object_) {
      if (std::find(taken_.begin(), taken_.end(), member.key()) == taken_.end()) {
        wrong(std::string_view(member.key().data(), member.key().size()), "is not a key of an entry");
      }
    }
    return error_;
  }

 private:
  const json::value* take(std::string_view key) {
    taken_.emplace_back(key);
    return object_.if_contains(key);
  }

  const json::object& object_;
  std::vector<std::string> taken_;
  std::string error_;
};

void check_values(const CatalogueEntry& entry, EntryReader& reader) {
  if (!one_of(kChatFormats, entry.chat_format)) reader.wrong("chat_format", "is none that there is");
  if (!one_of(kEvidence, entry.evidence)) reader.wrong("evidence", "is none that there is");
  for (const std::string& capability : entry.capabilities) {
    if (!one_of(kCapabilities, capability)) reader.wrong("capabilities", "has one that there is not");
  }
  if (std::count(entry.repository.begin(), entry.repository.end(), '/') != 1) {
    reader.wrong("repository", "must be ORG/NAME");
  }
  if (!entry.file.ends_with(".gguf") && !entry.file.ends_with(".bin")) {
    reader.wrong("file", "must be a .gguf file, or a .bin file of whisper");
  }
  if (entry.max_completion_tokens > entry.context_length) {
    reader.wrong("max_completion_tokens", "is more than the context holds");
  }
}

Result<CatalogueEntry> read_entry(const json::value& value, std::size_t index) {
  const json::object* object = value.if_object();
  if (object == nullptr) {
    return fail(ErrorCode::kCorrupt, "must be an object", fmt::format("catalogue entry {}", index));
  }
  EntryReader reader(*object);
  CatalogueEntry entry;
  entry.id = reader.text("id");
  entry.aliases = reader.texts("aliases");
  entry.family = reader.text("family");
  entry.owned_by = reader.text("owned_by");
  entry.repository = reader.text("repository");
  entry.file = reader.text("file");
  entry.evidence = reader.text("evidence");
  entry.context_length = reader.number("context_length");
  entry.max_completion_tokens = reader.number("max_completion_tokens");
  entry.chat_format = reader.text("chat_format");
  entry.capabilities = reader.texts("capabilities");
  check_values(entry, reader);
  if (std::string what = reader.finish(); !what.empty()) {
    return fail(ErrorCode::kCorrupt, std::move(what),
                fmt::format("catalogue entry {} ('{}')", index, entry.id));
  }
  return entry;
}

}  // namespace

bool CatalogueEntry::can(std::string_view capability) const {
  return std::find(capabilities.begin(), capabilities.end(), capability) != capabilities.end();
}

const Catalogue& Catalogue::builtin() {
  static const Catalogue catalogue = parse(kCatalogueJson).value();
  return catalogue;
}

Result<Catalogue> Catalogue::parse(std::string_view text) {
  boost::system::error_code error;
  const json::value root = json::parse(text, error);
  if (error) return fail(ErrorCode::kCorrupt, "is no JSON: " + error.message(), "catalogue");
  const json::array* entries = root.if_array();
  if (entries == nullptr) return fail(ErrorCode::kCorrupt, "must be an array", "catalogue");
  Catalogue catalogue;
  std::set<std::string> names;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    PEREGRINE_ASSIGN(CatalogueEntry entry, read_entry((*entries)[i], i));
    std::vector<std::string> own = entry.aliases;
    own.push_back(entry.id);
    for (const std::string& name : own) {
      if (!names.insert(lower(name)).second) {
        return fail(ErrorCode::kCorrupt, fmt::format("the name '{}' is taken", name), entry.id);
      }
    }
    catalogue.entries_.push_back(std::move(entry));
  }
  return catalogue;
}

const CatalogueEntry* Catalogue::find(std::string_view id_or_alias) const {
  for (const CatalogueEntry& entry : entries_) {
    const auto is_it = [id_or_alias](const std::string& name) { return same_id(name, id_or_alias); };
    if (is_it(entry.id) || std::any_of(entry.aliases.begin(), entry.aliases.end(), is_it)) return &entry;
  }
  return nullptr;
}

const CatalogueEntry* Catalogue::find_repository(std::string_view repository) const {
  const auto found = std::find_if(
      entries_.begin(), entries_.end(),
      [repository](const CatalogueEntry& entry) { return same_id(entry.repository, repository); });
  return found == entries_.end() ? nullptr : &*found;
}

bool same_id(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace peregrine::service
