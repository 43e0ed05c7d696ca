#include "service/catalogue/model_id.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace peregrine::service {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// Takes "-00001-of-00003" off the end of a shard's name.
std::string_view without_shard(std::string_view name) {
  constexpr std::size_t kSuffix = std::string_view("-00001-of-00001").size();
  if (name.size() <= kSuffix) return name;
  const std::string_view suffix = name.substr(name.size() - kSuffix);
  const auto digits = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const bool shard = suffix[0] == '-' && digits(suffix.substr(1, 5)) && suffix.substr(6, 4) == "-of-" &&
                     digits(suffix.substr(10));
  return shard ? name.substr(0, name.size() - kSuffix) : name;
}

}  // namespace

std::string model_id_for(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  const std::string extension = lower(path.extension().string());
  if (extension == ".gguf") return lower(without_shard(path.stem().string()));
  if (extension != ".bin") return lower(without_shard(name));
  name = lower(path.stem().string());
  constexpr std::string_view kGgml = "ggml-";
  return name.starts_with(kGgml) ? "whisper-" + name.substr(kGgml.size()) : name;
}

}  // namespace peregrine::service
