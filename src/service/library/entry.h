// What the library knows of one model and of the requests that wait for it. Under the library's mutex.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "service/library/library.h"
#include "service/library/model_facts.h"

namespace peregrine::service {

struct ModelLibrary::Waiter {
  Entry* entry = nullptr;
  std::optional<Result<ModelLease>> result;
  std::function<void()> callback;
};

struct ModelLibrary::Entry {
  using Clock = std::chrono::steady_clock;

  explicit Entry(base::MemoryBudget& whole) : memory(&whole) {}

  std::size_t index = 0;
  std::string id;
  std::filesystem::path path;
  bool named = false;
  ModelFacts facts;
  std::uint32_t context_window = 0;
  ModelState state = ModelState::kAvailable;
  double progress = 0;
  std::string error;
  std::optional<FileStamp> hopeless;  // of the file that failed to load when trying it again cannot help

  base::MemoryBudget memory;  // what it takes of the library's
  std::unique_ptr<LoadedModel> loaded;
  std::uint32_t users = 0;
  std::uint64_t last_used = 0;
  bool leaving = false;    // takes no new users: it will be unloaded
  bool ordered = false;    // somebody wants it loaded who does not wait for it
  bool dismissed = false;  // is to be unloaded when its users are done; new ones are refused until then
  bool retired = false;    // no model any more: it is unloaded when its users are done, and never comes back
  FileStamp loaded_from;   // of the file, when it was loaded
  std::vector<std::shared_ptr<Waiter>> waiters;
  Clock::time_point told;  // when the log last heard of the loading

  // Whether anybody is left for whom it is loaded.
  bool wanted() const { return ordered || !waiters.empty(); }
  // A file that was removed from the folder is no model any more.
  bool gone() const {
    std::error_code ignored;
    if (retired) return true;
    return !named && loaded == nullptr && !std::filesystem::exists(path, ignored);
  }
};

}  // namespace peregrine::service
