#include "service/library/speech_recognizer.h"

#include <array>
#include <cstddef>
#include <fstream>
#include <span>

namespace peregrine::service {
namespace {

// More than the header of such a file takes.
constexpr std::size_t kBeginningBytes = 64;

}  // namespace

bool is_speech_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, kBeginningBytes> beginning{};
  file.read(beginning.data(), beginning.size());
  const auto read = static_cast<std::size_t>(file.gcount());
  return gguf::looks_like_whisper(std::as_bytes(std::span(beginning).first(read)));
}

}  // namespace peregrine::service
