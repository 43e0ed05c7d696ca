// The Files service over records in memory and contents in a folder of its own. For tests only.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/file_descriptor.h"
#include "service/files/files.h"
#include "store/blobs/blob_store.h"
#include "store/files/testing/memory_file_store.h"
#include "store/testing/folder.h"

namespace peregrine::service::testing {

class FileRoom {
 public:
  explicit FileRoom(const FileLimits& limits = {}) : files(records, blobs, limits) {}

  // A folder's names of contents.
  static std::set<std::string> names_of(const store::BlobStore& contents) {
    std::set<std::string> names;
    EXPECT_TRUE(contents.list([&](const store::BlobEntry& entry) { names.insert(entry.name); }));
    return names;
  }
  store::BlobStore open_blobs(const std::string& name) const {
    std::filesystem::create_directories(folder.path());
    return store::BlobStore::open(folder.path() / name).value();
  }

  // What an upload leaves before it is a file.
  base::FileDescriptor spool(std::string_view content) const {
    base::FileDescriptor file(::open(files.spool_folder().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    EXPECT_EQ(::write(file.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
    return file;
  }
  Result<store::StoredFile> create(std::string_view content, std::string organisation, std::string filename,
                                   std::string purpose) {
    const base::FileDescriptor file = spool(content);
    return files.create(
        {std::move(organisation), std::move(purpose), std::move(filename), file.get(), content.size()});
  }

  store::testing::Folder folder;
  store::testing::MemoryFileStore records;
  store::BlobStore blobs = open_blobs("blobs");
  Files files;
};

}  // namespace peregrine::service::testing
