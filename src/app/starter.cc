#include "app/starter.h"

#include <span>
#include <string>
#include <system_error>

#include "base/ids.h"
#include "base/mapped_file.h"

namespace peregrine::app {
namespace {

constexpr std::string_view kFileName = "peregrine-starter.gguf";
constexpr std::string_view kRestore =
    "; restore it with 'git checkout -- models/peregrine-starter.gguf' in the source tree (or install "
    "Peregrine "
    "again), or name another file: --model FILE (make run MODEL=FILE)";

tl::unexpected<Error> broken(const std::filesystem::path& path, std::string_view what) {
  return fail(ErrorCode::kCorrupt, std::string(what) + std::string(kRestore), path.string());
}

}  // namespace

std::filesystem::path starter_path() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "share" / "peregrine" / kFileName;
}

Status check_starter(const std::filesystem::path& path, std::string_view digest) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return broken(path, "the starter model is missing");
  const auto file = base::MappedFile::open(path);
  if (!file) return broken(path, "the starter model cannot be read: " + file.error().message);
  const std::span<const std::byte> bytes = file->bytes();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (base::sha256_hex(text) != digest) return broken(path, "the starter model is damaged");
  return {};
}

Result<std::filesystem::path> starter_model() {
  std::filesystem::path path = starter_path();
  PEREGRINE_TRY(check_starter(path, PEREGRINE_STARTER_SHA256));
  return path;
}

}  // namespace peregrine::app
