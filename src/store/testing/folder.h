// A folder of a test's own that goes with it. For tests only.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <system_error>

namespace peregrine::store::testing {

class Folder {
 public:
  // The folder itself is not made.
  Folder() {
    static std::atomic<int> count = 0;
    path_ = std::filesystem::path(::testing::TempDir()) / fmt::format("peregrine-{}-{}", ::getpid(), count++);
    std::filesystem::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace peregrine::store::testing
