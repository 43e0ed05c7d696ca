#include "service/library/weights_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>

#include "base/file_descriptor.h"
#include "base/ids.h"

namespace peregrine::service {
namespace {

constexpr std::uint64_t kSamples = 256;
constexpr std::uint64_t kSampleBytes = 4096;

bool is_shard(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  constexpr std::size_t kSuffix = std::string_view("-00001-of-00002").size();
  return stem.size() > kSuffix && stem.substr(stem.size() - kSuffix + 6, 4) == "-of-";
}

}  // namespace

std::string weights_key(const std::filesystem::path& file) {
  if (is_shard(file)) return {};
  const base::FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (fd.get() < 0 || ::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  const auto size = static_cast<std::uint64_t>(status.st_size);
  std::string facts = fmt::format("{} {} {}|", size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
  std::array<char, kSampleBytes> sample{};
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    const std::uint64_t at = size <= kSampleBytes ? 0 : (size - kSampleBytes) / (kSamples - 1) * i;
    const ssize_t read = ::pread(fd.get(), sample.data(), sample.size(), static_cast<off_t>(at));
    if (read < 0) return {};
    facts.append(sample.data(), static_cast<std::size_t>(read));
  }
  return base::sha256_hex(facts);
}

}  // namespace peregrine::service
