// The responses that there are: those being made, which can be cancelled, and those that are kept.
//
// Kept ones stand in the store and are their owner's alone; without a store nothing is kept. One that is kept
// is added before its id is told to anybody, and finished before its end is. One that was never finished and
// is not running either was interrupted: the server died. Any thread; what touches the store waits for a
// disk.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/responses/response_store.h"

namespace peregrine::service {

// The responses of one conversation are a chain; no longer one is followed.
inline constexpr std::size_t kMaxChainLength = 1000;
inline constexpr std::size_t kMaxChainBytes = 64u << 20;

class Responses;

// One response while it is made. Its end is told to whoever cancelled it.
class ResponseRun {
 public:
  ResponseRun(const ResponseRun&) = delete;
  ResponseRun& operator=(const ResponseRun&) = delete;
  // Ends it, if nobody did, without a body.
  ~ResponseRun();

  bool cancelled() const;
  // `body`: what it came to.
  void end(std::string body);

 private:
  friend class Responses;
  friend class Cancellation;
  struct State;
  ResponseRun(Responses& owner, std::string id, std::shared_ptr<State> state);

  Responses& responses_;
  std::string id_;
  std::shared_ptr<State> state_;
};

// A wait for the end of a run that was cancelled.
class Cancellation {
 public:
  explicit Cancellation(std::shared_ptr<ResponseRun::State> state) : state_(std::move(state)) {}
  // The body of the end, empty if it came to none; nothing for now.
  std::optional<std::string> poll() const;
  // Called, on some other thread, when poll() has something; at once if it has. Must not block.
  void on_ready(std::function<void()> callback) const;

 private:
  std::shared_ptr<ResponseRun::State> state_;
};

class Responses {
 public:
  // Null: nothing is kept. The store outlives this.
  explicit Responses(store::ResponseStore* store) : store_(store) {}
  Responses(const Responses&) = delete;
  Responses& operator=(const Responses&) = delete;

  bool keeps() const { return store_ != nullptr; }

  // `on_cancel` is called once, on some other thread, when somebody cancels; not after the run's end.
  std::unique_ptr<ResponseRun> start(std::string id, std::string owner, std::function<void()> on_cancel);
  // Null: none of the owner's that runs.
  std::unique_ptr<Cancellation> cancel(std::string_view id, std::string_view owner);
  bool running(std::string_view id) const;

  // Errors: the store's, and kUnsupported without one.
  Status add(store::StoredResponse response);
  Status finish(std::string_view id, std::string_view body, const std::vector<store::StoredItem>& output);

  Result<std::optional<store::StoredResponse>> find(std::string_view id, std::string_view owner) const;
  Result<std::optional<store::StoredItem>> find_item(std::string_view id, std::string_view owner) const;
  Result<bool> remove(std::string_view id, std::string_view owner);

  // The conversation that ends with `id`, oldest response first. Errors:
  //   kNotFound            one of them is not there; `where` is its id
  //   kUnavailable         `id` is still being made
  //   kResourceExhausted   the chain is over kMaxChainLength or kMaxChainBytes
  Result<std::vector<store::StoredResponse>> chain(std::string_view id, std::string_view owner) const;

 private:
  friend class ResponseRun;
  void remove_run(const std::string& id);

  store::ResponseStore* const store_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<ResponseRun::State>, std::less<>> runs_;
};

}  // namespace peregrine::service
