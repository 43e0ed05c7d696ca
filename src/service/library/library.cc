#include "service/library/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <system_error>

#include "base/log.h"
#include "service/catalogue/catalogue.h"
#include "service/catalogue/model_folder.h"
#include "service/catalogue/model_id.h"
#include "service/catalogue/reference.h"
#include "service/library/entry.h"

namespace peregrine::service {
namespace {

// A folder that was written to within this time may be written to again without its time changing: the
// clocks of file systems are coarse.
constexpr std::chrono::seconds kFolderClock{2};

Error stopped() {
  return {ErrorCode::kUnavailable, "the server is shutting down", {}};
}

// "alias" of the catalogue, or as it is.
std::string_view canonical(std::string_view id) {
  const CatalogueEntry* entry = Catalogue::builtin().find(id);
  return entry != nullptr ? std::string_view(entry->id) : id;
}

LibraryOptions with_pool(LibraryOptions options) {
  if (options.cpu.pool == nullptr) options.cpu.pool = backend::make_cpu_pool(options.cpu.threads);
  return options;
}

}  // namespace

std::string_view model_state_name(ModelState state) {
  switch (state) {
    case ModelState::kAvailable:
      return "available";
    case ModelState::kLoading:
      return "loading";
    case ModelState::kLoaded:
      return "loaded";
    case ModelState::kFailed:
      return "failed";
  }
  return "available";
}

class ModelLibrary::Wait final : public ModelWait {
 public:
  Wait(ModelLibrary& library, std::shared_ptr<Waiter> waiter)
      : library_(library), waiter_(std::move(waiter)) {}
  Wait(const Wait&) = delete;
  Wait& operator=(const Wait&) = delete;
  ~Wait() override { library_.forget(*waiter_); }

  std::optional<Result<ModelLease>> poll() override {
    const std::lock_guard lock(library_.mutex_);
    return std::exchange(waiter_->result, std::nullopt);
  }

  void on_ready(std::function<void()> callback) override {
    {
      const std::lock_guard lock(library_.mutex_);
      waiter_->callback = callback;
      if (!waiter_->result) return;
    }
    callback();
  }

 private:
  ModelLibrary& library_;
  std::shared_ptr<Waiter> waiter_;
};

ModelLease::~ModelLease() {
  if (library_ != nullptr) library_->release(entry_);
}

ModelLibrary::ModelLibrary(base::MemoryBudget& budget, base::Metrics& metrics, LibraryOptions options)
    : budget_(budget),
      metrics_(metrics),
      options_(with_pool(std::move(options))),
      resting_threads_(metrics.on_collect(
          [&pool = *options_.cpu.pool,
           &resting = metrics.gauge("peregrine_compute_threads_resting",
                                    "Computing threads left out for a while: others use their cores")] {
            resting.Set(pool.resting());
          })),
      loader_([this] { run(); }) {}

ModelLibrary::~ModelLibrary() {
  stop();
}

Status ModelLibrary::add(const std::filesystem::path& path) {
  std::string id = served_id(path);
  const std::lock_guard lock(mutex_);
  if (const Entry* entry = find(id); entry != nullptr && entry->named) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("a model with the id '{}' is served already", id),
                path.string());
  }
  return add_entry(path, std::move(id), true);
}

bool ModelLibrary::knows_file(const std::filesystem::path& path) const {
  return std::ranges::any_of(entries_, [&](const auto& entry) {
    std::error_code ignored;
    return !entry->retired && std::filesystem::equivalent(entry->path, path, ignored);
  });
}

Status ModelLibrary::add_entry(const std::filesystem::path& path, std::string id, bool named) {
  auto facts = read_model_facts(path);
  if (!facts && named) return tl::unexpected(std::move(facts.error()));
  auto entry = std::make_unique<Entry>(budget_);
  entry->index = entries_.size();
  entry->id = std::move(id);
  entry->path = path;
  entry->named = named;
  if (facts) {
    entry->facts = *facts;
    const std::uint32_t asked = facts->listens ? 0 : options_.engine.max_context;
    entry->context_window = asked == 0 ? facts->context_length : std::min(asked, facts->context_length);
  } else {
    base::log(base::LogLevel::kWarning, "{}: {}", entry->id, facts.error().text());
  }
  entries_.push_back(std::move(entry));
  return {};
}

void ModelLibrary::scan_folder() {
  if (options_.folder.empty()) return;
  const std::lock_guard scanning(scanning_);
  std::error_code error;
  const auto changed = std::filesystem::last_write_time(options_.folder, error);
  if (error) return;  // no folder: no models
  if (trust_scan_ && changed == scanned_) return;
  trust_scan_ = std::filesystem::file_time_type::clock::now() - changed > kFolderClock;
  scanned_ = changed;
  const auto listing = ModelFolder(options_.folder).list();
  if (!listing) {
    base::log(base::LogLevel::kWarning, "{}", listing.error().text());
    return;
  }
  for (const StoredModel& model : listing->models) {
    const std::filesystem::path& path = model.files.front();
    const std::string name = path.filename().string();
    if (!check_model_file_name(name)) continue;
    const std::lock_guard lock(mutex_);
    const bool known = std::any_of(entries_.begin(), entries_.end(), [&](const auto& entry) {
      return !entry->retired && same_id(entry->id, model.id);
    });
    if (!known && !knows_file(path)) static_cast<void>(add_entry(path, model.id, false));
  }
}

ModelLibrary::Entry* ModelLibrary::find(std::string_view id) {
  const auto has = [&](std::string_view name) {
    const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
      return !entry->retired && same_id(entry->id, name);
    });
    return at == entries_.end() ? nullptr : at->get();
  };
  Entry* entry = has(id);
  return entry != nullptr ? entry : has(canonical(id));
}

ModelLibrary::Entry* ModelLibrary::find_or_scan(std::string_view id, Lock& lock) {
  Entry* entry = find(id);
  if (entry == nullptr) {
    lock.unlock();
    scan_folder();
    lock.lock();
    entry = find(id);
  }
  return entry == nullptr || entry->gone() ? nullptr : entry;
}

std::optional<std::string> ModelLibrary::resolve(std::string_view id) {
  Lock lock(mutex_);
  const Entry* entry = find_or_scan(id, lock);
  if (entry == nullptr) return std::nullopt;
  return entry->id;
}

Result<std::unique_ptr<ModelWait>> ModelLibrary::open(std::string_view id) {
  Lock lock(mutex_);
  Entry* entry = find_or_scan(id, lock);
  if (entry == nullptr) return fail(ErrorCode::kNotFound, fmt::format("no model '{}'", id), "model");
  PEREGRINE_ASSIGN(std::shared_ptr<Waiter> waiter, enqueue(*entry));
  return std::make_unique<Wait>(*this, std::move(waiter));
}

Result<std::shared_ptr<ModelLibrary::Waiter>> ModelLibrary::enqueue(Entry& entry) {
  if (stopping_) return tl::unexpected(stopped());
  auto waiter = std::make_shared<Waiter>();
  waiter->entry = &entry;
  if (entry.state == ModelState::kLoaded && !entry.leaving && !entry.dismissed) {
    waiter->result = grant(entry);
    return waiter;
  }
  if (entry.dismissed) {
    return fail(ErrorCode::kUnavailable, fmt::format("the model `{}` is being unloaded", entry.id));
  }
  if (entry.hopeless && *entry.hopeless == FileStamp::of(entry.path)) {
    return fail(ErrorCode::kUnavailable, entry.error);
  }
  if (waiting_ >= options_.max_waiting) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("{} requests wait for models to be loaded already", waiting_));
  }
  ++waiting_;
  entry.waiters.push_back(waiter);
  if (entry.state == ModelState::kAvailable || entry.state == ModelState::kFailed) want(entry);
  return waiter;
}

void ModelLibrary::want(Entry& entry) {
  entry.state = ModelState::kLoading;
  entry.progress = 0;
  wanted_.push_back(&entry);
  changed_.notify_all();
}

ModelLease ModelLibrary::grant(Entry& entry) {
  ++entry.users;
  entry.last_used = ++clock_;
  return {this, entry.index, entry.loaded.get()};
}

ModelLibrary::Calls ModelLibrary::settle(Entry& entry, const Error* error) {
  Calls calls;
  for (const auto& waiter : entry.waiters) {
    if (error != nullptr) {
      waiter->result = tl::unexpected(*error);
    } else {
      waiter->result = grant(entry);
    }
    if (waiter->callback) calls.push_back(waiter->callback);
  }
  waiting_ -= static_cast<std::uint32_t>(entry.waiters.size());
  entry.waiters.clear();
  return calls;
}

void ModelLibrary::release(std::size_t entry) {
  const std::lock_guard lock(mutex_);
  if (--entries_[entry]->users == 0) changed_.notify_all();
}

void ModelLibrary::forget(const Waiter& waiter) {
  const std::lock_guard lock(mutex_);
  auto& waiters = waiter.entry->waiters;
  const auto at =
      std::find_if(waiters.begin(), waiters.end(), [&](const auto& other) { return other.get() == &waiter; });
  if (at == waiters.end()) return;
  waiters.erase(at);
  --waiting_;
  changed_.notify_all();
}

Result<ModelLease> ModelLibrary::get(std::string_view id) {
  PEREGRINE_ASSIGN(const auto wait, open(id));
  const auto ready = std::make_shared<std::promise<void>>();
  wait->on_ready([ready] { ready->set_value(); });
  ready->get_future().wait();
  return *wait->poll();
}

std::optional<ModelLocation> ModelLibrary::locate(std::string_view id) {
  Lock lock(mutex_);
  const Entry* entry = find_or_scan(id, lock);
  if (entry == nullptr) return std::nullopt;
  return ModelLocation{entry->id, entry->path};
}

void ModelLibrary::forget_adapter(std::string_view adapter_id) {
  const std::lock_guard lock(mutex_);
  for (const auto& entry : entries_) {
    const auto* generator = entry->loaded == nullptr ? nullptr : entry->loaded->as<TextGenerator>();
    if (generator != nullptr && generator->adapters != nullptr) generator->adapters->forget(adapter_id);
  }
}

ModelStatus ModelLibrary::status_of(const Entry& entry) const {
  return {.id = entry.id,
          .created = entry.facts.created,
          .context_window = entry.context_window,
          .state = entry.state,
          .progress = entry.progress,
          .error = entry.error,
          .listens = entry.facts.listens};
}

std::vector<ModelStatus> ModelLibrary::models() {
  scan_folder();
  const std::lock_guard lock(mutex_);
  std::vector<ModelStatus> all;
  for (const auto& entry : entries_) {
    if (!entry->gone()) all.push_back(status_of(*entry));
  }
  return all;
}

}  // namespace peregrine::service
