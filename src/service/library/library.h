// The models this server has: named ones and those of a folder, loaded when they are asked for, and given up
// again when another one needs the memory. Thread-safe.
//
// One thread loads, one model at a time. A model that is asked for is loaded as soon as there is room; room
// is made by unloading models, least recently asked for first: those that nobody uses at once, the others
// when their users are done. From then on a model that has to go takes no new users; they wait until it is
// loaded again. So every model gets its turn, and none is ever taken from under a request.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "backend/backend.h"
#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "engine/engine.h"
#include "service/library/loaded_model.h"

namespace peregrine::service {

class ModelLibrary;

enum class ModelState : std::uint8_t {
  kAvailable,  // will be loaded when it is asked for
  kLoading,    // or waiting to be
  kLoaded,
  kFailed,  // the last attempt to load it failed; the next request tries again
};
std::string_view model_state_name(ModelState state);

struct ModelStatus {
  std::string id;
  std::int64_t created = 0;          // Unix seconds
  std::uint32_t context_window = 0;  // until it was loaded once: what the model was trained for
  ModelState state = ModelState::kAvailable;
  double progress = 0;     // while loading: share of the weights that is in memory
  std::string error = {};  // of kFailed, without paths
  std::string owner = {};  // the organisation whose model it is; empty: the server's own
  bool listens = false;    // turns speech into text, instead of text into text
};

// A model as who runs the server sees it.
struct ModelUse {
  ModelStatus status;
  std::string file;                                   // without its folder
  bool named = false;                                 // not only found in the folder
  bool unloading = false;                             // as soon as its users are done
  std::uint64_t file_bytes = 0;                       // of all its files
  std::uint64_t memory_bytes = 0;                     // that it has of the budget
  std::uint32_t in_use = 0;                           // requests that have it
  std::uint32_t waiting = 0;                          // requests that wait until it is loaded
  std::optional<engine::EngineSnapshot> engine = {};  // of a loaded one that generates text
  std::uint64_t queued_inputs = 0;                    // of one that makes vectors or scores
};

// Where a model lies, whether it is loaded or not.
struct ModelLocation {
  std::string id;
  std::filesystem::path path;
};

// The right to use a loaded model, which stays loaded as long as there is one. Outlived by the library.
class ModelLease {
 public:
  ModelLease() = default;
  // Of a model that belongs to no library and outlives the lease.
  explicit ModelLease(const LoadedModel& model) : model_(&model) {}
  ModelLease(ModelLease&& other) noexcept
      : library_(std::exchange(other.library_, nullptr)),
        entry_(other.entry_),
        model_(std::exchange(other.model_, nullptr)) {}
  ModelLease& operator=(ModelLease&& other) noexcept {
    std::swap(library_, other.library_);
    std::swap(entry_, other.entry_);
    std::swap(model_, other.model_);
    return *this;
  }
  ModelLease(const ModelLease&) = delete;
  ModelLease& operator=(const ModelLease&) = delete;
  ~ModelLease();

  const LoadedModel& operator*() const { return *model_; }
  const LoadedModel* operator->() const { return model_; }

 private:
  friend class ModelLibrary;
  ModelLease(ModelLibrary* library, std::size_t entry, const LoadedModel* model)
      : library_(library), entry_(entry), model_(model) {}
  ModelLibrary* library_ = nullptr;
  std::size_t entry_ = 0;
  const LoadedModel* model_ = nullptr;
};

// A request's wait for its model. Destroying it gives the wait up.
class ModelWait {
 public:
  virtual ~ModelWait() = default;
  // The lease, or why there will be none, once; nothing for now. Errors: kUnavailable when the model cannot
  // be loaded (the message has no paths) or the library stops.
  virtual std::optional<Result<ModelLease>> poll() = 0;
  // Called, on some other thread, when poll() has something; at once if it has. Must not block.
  virtual void on_ready(std::function<void()> callback) = 0;
};

struct LibraryOptions {
  backend::CpuOptions cpu;  // all models share its pool; made when there is none
  engine::EngineOptions engine;
  speech::TranscriberOptions speech;  // of each model that listens
  // By id of a model: the file of the smaller one that guesses ahead for it. Counted as part of its weights.
  std::map<std::string, std::filesystem::path> drafts;
  // Its models are served besides those that are named. Looked at again when an unknown one is asked for.
  std::filesystem::path folder;
  // As RunOptions::kept_weights.
  std::filesystem::path kept_weights;
  std::uint32_t max_waiting = 256;  // requests that wait for models, in all
  // Told by the loading thread while a model loads. Must not call the library.
  std::function<void(const std::string& id, std::uint64_t done, std::uint64_t total)> progress;
};

class ModelLibrary {
 public:
  // budget and metrics outlive the library.
  ModelLibrary(base::MemoryBudget& budget, base::Metrics& metrics, LibraryOptions options);
  ModelLibrary(const ModelLibrary&) = delete;
  ModelLibrary& operator=(const ModelLibrary&) = delete;
  ~ModelLibrary();  // after every lease and wait

  // Names a model without loading it. Its id is the catalogue's if it was pulled by that name, else that of
  // its file. Errors name the file.
  Status add(const std::filesystem::path& path);

  // The named models are these from now on: new ones are loaded when they are asked for; one that is named no
  // longer and does not lie in the folder, or whose file was replaced or is gone, takes no new requests and
  // is unloaded when those that it has are done. Looks for models that came into the folder, too. Errors name
  // the file, and then nothing has changed.
  Status reload(const std::vector<std::filesystem::path>& named);

  // Loads the named models, in order, without unloading any. One that has no room besides the others is left
  // until it is asked for. Errors name the file; kNotFound for a draft model of a model that there is not.
  Status load_named();

  // A wait for the model with that id or alias of the catalogue, without regard to case. Starts loading it if
  // need be. Errors: kNotFound, kUnavailable (too many wait, or the library stops).
  Result<std::unique_ptr<ModelWait>> open(std::string_view id);

  // The id of the model that open() would take; nothing where it finds none.
  std::optional<std::string> resolve(std::string_view id);

  // The model that open() would take, and its file; nothing where it finds none.
  std::optional<ModelLocation> locate(std::string_view id);

  // The adapter of that id is gone: no loaded model keeps it for later requests. Those that run keep theirs.
  void forget_adapter(std::string_view adapter_id);

  // open(), waiting for it: for programs with one user.
  Result<ModelLease> get(std::string_view id);

  // Named models in the order they were added, then the folder's as they were found.
  std::vector<ModelStatus> models();
  // The same in the same order, with what they use.
  std::vector<ModelUse> uses();
  // Those of them that are loaded, or about to be. Looks at no disk.
  std::vector<ModelUse> in_memory() const;

  // Begins to load the model, without waiting for it. Errors as open()'s.
  Status order(std::string_view id);
  // Unloads the model when the requests that it has are done, which is at once where there are none; until
  // then new ones are refused with kUnavailable. The next one loads it again. Nothing happens to one that is
  // not loaded. Errors: kNotFound; kUnsupported while it is being loaded.
  Status dismiss(std::string_view id);
  // Removes the files of the folder's model of that id, or of an unfinished download of that name. Errors:
  // kNotFound; kUnsupported for a named model, and for one that is loaded or about to be.
  Status remove(std::string_view id);

  const base::MemoryBudget& budget() const { return budget_; }
  const std::filesystem::path& folder() const { return options_.folder; }

  // Ends all waits and loading, and stops every engine: what runs ends, what is new is refused.
  // Idempotent.
  void stop();

 private:
  friend class ModelLease;
  class Wait;
  struct Waiter;
  struct Entry;
  using Lock = std::unique_lock<std::mutex>;
  using Calls = std::vector<std::function<void()>>;  // to be made without the lock

  // With the mutex held.
  Entry* find(std::string_view id);
  Entry* find_or_scan(std::string_view id, Lock& lock);  // lets go of the lock for a while
  bool knows_file(const std::filesystem::path& path) const;
  Status add_entry(const std::filesystem::path& path, std::string id, bool named);
  Result<std::shared_ptr<Waiter>> enqueue(Entry& entry);
  ModelLease grant(Entry& entry);
  void want(Entry& entry);
  // Answers everyone who waits for the model: with a lease, or with the error.
  Calls settle(Entry& entry, const Error* error);
  RunOptions run_options(const Entry& entry);
  std::filesystem::path draft_of(const Entry& entry);  // empty: none
  void retire(Entry& entry);
  Entry* idle_leaver() const;
  ModelStatus status_of(const Entry& entry) const;
  ModelUse use_of(const Entry& entry) const;

  // Without it.
  void scan_folder();
  void release(std::size_t entry);
  void forget(const Waiter& waiter);

  // The loading thread's, and load_named()'s; in loading.cc. They let go of the lock for a while.
  void run();
  Status serve(Entry& entry, bool may_evict, Lock& lock);
  Result<std::unique_ptr<LoadedModel>> load(Entry& entry, bool may_evict, Lock& lock);
  bool evict_one(const Entry& needy, Lock& lock);
  void unload(Entry& entry, std::string_view why, Lock& lock);
  bool given_up(const Entry& entry, bool needs_waiters) const;
  bool tell_progress(Entry& entry, std::uint64_t done, std::uint64_t total);
  // The loaded model that was asked for least recently.
  Entry* least_recent(bool idle_only) const;

  base::MemoryBudget& budget_;
  base::Metrics& metrics_;
  const LibraryOptions options_;
  std::mutex scanning_;
  mutable std::mutex mutex_;  // guards what stands below
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Entry>> entries_;  // never shrinks
  std::deque<Entry*> wanted_;
  std::filesystem::file_time_type scanned_;  // what the folder's time was when it was looked at
  bool trust_scan_ = false;
  std::optional<std::uint32_t> kv_share_;  // a model's KV cache: what its weights leave, divided by this
  std::uint32_t waiting_ = 0;
  std::uint64_t clock_ = 0;  // counts grants: orders models by use
  bool loading_ = false;     // somebody loads
  bool stopping_ = false;
  base::Metrics::Refresher resting_threads_;
  std::thread loader_;
};

}  // namespace peregrine::service
