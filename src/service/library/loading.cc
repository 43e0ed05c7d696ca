// The library's loading thread: what is asked for, in order, and who has to go for it.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "service/library/entry.h"
#include "service/library/file_error.h"
#include "service/library/library.h"

namespace peregrine::service {
namespace {

using base::LogLevel;
using Clock = std::chrono::steady_clock;

// While a model loads, the log hears of it this often.
constexpr std::chrono::seconds kTellEvery{2};

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

}  // namespace

Status ModelLibrary::load_named() {
  scan_folder();
  Lock lock(mutex_);
  for (const auto& [id, path] : options_.drafts) {
    if (find(id) == nullptr) {
      return fail(ErrorCode::kNotFound, fmt::format("no model with the id '{}' to guess for", id),
                  path.string());
    }
  }
  const std::size_t n = entries_.size();
  for (std::size_t i = 0; i < n; ++i) {
    Entry& entry = *entries_[i];
    if (!entry.named || entry.retired) continue;
    // A request may have been quicker.
    changed_.wait(lock, [&] { return stopping_ || (!loading_ && entry.state != ModelState::kLoading); });
    if (stopping_) return fail(ErrorCode::kUnavailable, "the server is shutting down");
    if (entry.state == ModelState::kLoaded) continue;
    PEREGRINE_TRY(serve(entry, false, lock));
  }
  return {};
}

void ModelLibrary::run() {
  Lock lock(mutex_);
  for (;;) {
    changed_.wait(lock,
                  [&] { return stopping_ || (!loading_ && (!wanted_.empty() || idle_leaver() != nullptr)); });
    if (stopping_) return;
    if (Entry* leaver = idle_leaver()) {
      unload(*leaver, leaver->retired ? "as it is no longer served" : "as it was told to", lock);
      continue;
    }
    Entry& entry = *wanted_.front();
    wanted_.pop_front();
    if (!entry.wanted()) {
      entry.state = ModelState::kAvailable;  // all who asked have left
      continue;
    }
    static_cast<void>(serve(entry, true, lock));
  }
}

// Loads the model and answers those who wait for it. Without leave to unload others, one that lacks room
// besides them is no error: it, and who waits for it, is left to the loading thread.
Status ModelLibrary::serve(Entry& entry, bool may_evict, Lock& lock) {
  loading_ = true;
  entry.state = ModelState::kLoading;
  entry.progress = 0;
  const auto begun = Clock::now();
  auto loaded = load(entry, may_evict, lock);
  loading_ = false;
  const bool ordered = std::exchange(entry.ordered, false);
  // With other models in memory, another time may be better.
  const bool crowded =
      !loaded && loaded.error().code == ErrorCode::kResourceExhausted && least_recent(false) != nullptr;
  Status status;
  Calls calls;
  if (loaded) {
    entry.loaded = std::move(*loaded);
    entry.context_window = entry.loaded->context_window;
    entry.state = ModelState::kLoaded;
    entry.error.clear();
    entry.hopeless.reset();
    entry.last_used = ++clock_;
    metrics_.counter("peregrine_model_loads_total", "Times a model was loaded", {{"model", entry.id}})
        .Increment();
    base::log(LogLevel::kInfo, "{}: loaded in {:.1f} s", entry.id, seconds_since(begun));
    calls = settle(entry, nullptr);
  } else if (may_evict && !ordered && entry.waiters.empty() && !stopping_) {
    entry.state = ModelState::kAvailable;  // given up, as nobody waits
  } else if (!may_evict && crowded && !stopping_) {
    base::log(LogLevel::kWarning, "{}: no room besides the other models; loaded when it is asked for ({})",
              entry.id, loaded.error().text());
    entry.state = ModelState::kAvailable;
    entry.ordered = ordered;
    if (entry.wanted()) want(entry);
  } else {
    status = tl::unexpected(loaded.error());
    entry.state = ModelState::kFailed;
    entry.error = fmt::format("the model `{}` cannot be loaded: {}", entry.id,
                              text_without_folder(loaded.error(), entry.path.parent_path()));
    const bool may_pass =
        crowded || loaded.error().code == ErrorCode::kCancelled || loaded.error().code == ErrorCode::kIo;
    // Another draft model may be put in place of one that was wrong.
    if (!may_pass && draft_of(entry).empty()) entry.hopeless = FileStamp::of(entry.path);
    if (may_evict) base::log(LogLevel::kError, "{}: {}", entry.id, loaded.error().text());
    const Error error{ErrorCode::kUnavailable, stopping_ ? "the server is shutting down" : entry.error, {}};
    calls = settle(entry, &error);
  }
  changed_.notify_all();
  lock.unlock();
  for (const auto& call : calls) call();
  lock.lock();
  return status;
}

std::filesystem::path ModelLibrary::draft_of(const Entry& entry) {
  for (const auto& [id, path] : options_.drafts) {
    if (find(id) == &entry) return path;
  }
  return {};
}

RunOptions ModelLibrary::run_options(const Entry& entry) {
  RunOptions options{options_.engine, options_.speech, options_.kept_weights};
  // A figure that does not depend on what else is loaded: a model's context window must not, either.
  if (!kv_share_) kv_share_ = entries_.size() > 1 ? 4 : 2;
  const std::uint64_t weights = entry.facts.weight_bytes;
  if (options.engine.kv_bytes == 0 && weights < budget_.limit()) {
    options.engine.kv_bytes = std::max<std::uint64_t>(1, (budget_.limit() - weights) / *kv_share_);
  }
  return options;
}

Result<std::unique_ptr<LoadedModel>> ModelLibrary::load(Entry& entry, bool may_evict, Lock& lock) {
  // The file may be another one than when it was listed.
  lock.unlock();
  auto facts = read_model_facts(entry.path);
  lock.lock();
  if (!facts) return tl::unexpected(std::move(facts.error()));
  entry.facts = *facts;
  entry.loaded_from = FileStamp::of(entry.path);
  const std::filesystem::path draft = draft_of(entry);
  if (!draft.empty()) {
    auto more = read_model_facts(draft);
    if (!more) return tl::unexpected(std::move(more.error()));
    entry.facts.weight_bytes += more->weight_bytes;
  }
  const RunOptions options = run_options(entry);
  const std::uint64_t needed = entry.facts.weight_bytes;
  if (needed > budget_.limit()) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("its weights are {}, the memory budget is {}", base::format_bytes(needed),
                            base::format_bytes(budget_.limit())),
                entry.path.string());
  }
  while (may_evict && budget_.available() < needed && evict_one(entry, lock)) {
  }
  if (given_up(entry, may_evict)) return fail(ErrorCode::kCancelled, "nobody waits for it any more");
  base::log(LogLevel::kInfo, "{}: loading {} of weights", entry.id, base::format_bytes(needed));
  entry.told = Clock::now();
  for (;;) {
    lock.unlock();
    auto loaded = load_whole_model(
        entry.path, entry.id, draft, options_.cpu, options, entry.memory, metrics_,
        [&](std::uint64_t done, std::uint64_t total) { return tell_progress(entry, done, total); });
    lock.lock();
    if (loaded || loaded.error().code != ErrorCode::kResourceExhausted || !may_evict) return loaded;
    // The KV cache and what a step writes to need room as well.
    if (!evict_one(entry, lock)) return loaded;
    if (given_up(entry, may_evict)) return loaded;
  }
}

bool ModelLibrary::given_up(const Entry& entry, bool needs_waiters) const {
  return stopping_ || (needs_waiters && !entry.wanted());
}

bool ModelLibrary::tell_progress(Entry& entry, std::uint64_t done, std::uint64_t total) {
  if (options_.progress) options_.progress(entry.id, done, total);
  const std::lock_guard lock(mutex_);
  entry.progress = total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total);
  const auto now = Clock::now();
  if (now - entry.told >= kTellEvery) {
    entry.told = now;
    base::log(LogLevel::kInfo, "{}: {:.0f} % of {} read", entry.id, 100 * entry.progress,
              base::format_bytes(total));
  }
  return !stopping_;
}

ModelLibrary::Entry* ModelLibrary::least_recent(bool idle_only) const {
  Entry* found = nullptr;
  for (const auto& entry : entries_) {
    if (entry->loaded == nullptr || (idle_only && entry->users != 0)) continue;
    if (found == nullptr || entry->last_used < found->last_used) found = entry.get();
  }
  return found;
}

// Unloads one model; waits for its users to be done if all are in use. False: there is none, or nobody waits
// for `needy` any more, or the library stops.
bool ModelLibrary::evict_one(const Entry& needy, Lock& lock) {
  if (given_up(needy, true)) return false;
  Entry* idle = least_recent(true);
  if (idle == nullptr) {
    Entry* leaving = least_recent(false);
    if (leaving == nullptr) return false;
    leaving->leaving = true;
    base::log(LogLevel::kInfo, "{}: waits for the requests of {} to end, to take its place", needy.id,
              leaving->id);
    changed_.wait(lock, [&] { return given_up(needy, true) || least_recent(true) != nullptr; });
    leaving->leaving = false;
    idle = given_up(needy, true) ? nullptr : least_recent(true);
    if (idle != leaving && !leaving->waiters.empty() && !stopping_) {
      const Calls calls = settle(*leaving, nullptr);
      lock.unlock();
      for (const auto& call : calls) call();
      lock.lock();
      // What was idle may be in use by now; it is looked for again.
      return idle != nullptr && evict_one(needy, lock);
    }
    if (idle == nullptr) return false;
  }
  unload(*idle, "to make room", lock);
  return true;
}

void ModelLibrary::unload(Entry& entry, std::string_view why, Lock& lock) {
  std::unique_ptr<LoadedModel> gone = std::move(entry.loaded);
  entry.progress = 0;
  if (entry.waiters.empty()) {
    entry.state = ModelState::kAvailable;
  } else {
    want(entry);
  }
  metrics_
      .counter("peregrine_model_unloads_total",
               "Times a model was unloaded, to make room or as it is no longer served", {{"model", entry.id}})
      .Increment();
  base::log(LogLevel::kInfo, "{}: unloaded {}", entry.id, why);
  lock.unlock();
  gone.reset();  // joins its thread
  lock.lock();
  entry.dismissed = false;  // not before its memory is free
}

void ModelLibrary::stop() {
  Lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return !loading_; });
  Calls calls;
  const Error error{ErrorCode::kUnavailable, "the server is shutting down", {}};
  for (const auto& entry : entries_) {
    for (auto& call : settle(*entry, &error)) calls.push_back(std::move(call));
  }
  lock.unlock();
  for (const auto& call : calls) call();
  if (loader_.joinable()) loader_.join();
  // Nothing is loaded or unloaded any more.
  for (const auto& entry : entries_) {
    if (entry->loaded != nullptr) entry->loaded->stop();
  }
}

}  // namespace peregrine::service
