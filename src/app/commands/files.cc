#include "app/commands/files.h"

#include <array>
#include <cstdio>
#include <memory>

namespace peregrine::app {
namespace {

Result<std::string> read_all(std::FILE* file, const std::string& name) {
  std::string content;
  std::array<char, 65536> chunk;
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), file)) {
    content.append(chunk.data(), got);
    if (content.size() > kMaxInputBytes)
      return fail(ErrorCode::kResourceExhausted, "is larger than 64 MiB", name);
  }
  if (std::ferror(file) != 0) return fail(ErrorCode::kIo, "cannot be read", name);
  return content;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return fail(ErrorCode::kNotFound, "cannot be opened", path.string());
  return read_all(file.get(), path.string());
}

Result<std::string> read_standard_input() {
  return read_all(stdin, "standard input");
}

}  // namespace peregrine::app
