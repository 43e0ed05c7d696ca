#include "service/responses/responses.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace peregrine::service {
namespace {

std::int64_t now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
}

std::size_t size_of(const store::StoredResponse& response) {
  std::size_t bytes = 0;
  for (const auto* items : {&response.input, &response.output}) {
    for (const store::StoredItem& item : *items) bytes += item.body.size();
  }
  return bytes;
}

tl::unexpected<Error> keeps_nothing() {
  return fail(ErrorCode::kUnsupported, "this server keeps no responses");
}

}  // namespace

struct ResponseRun::State {
  explicit State(std::string owner_name, std::function<void()> callback)
      : owner(std::move(owner_name)), on_cancel(std::move(callback)) {}

  const std::string owner;
  std::mutex mutex;
  std::function<void()> on_cancel;            // until it was called, or the run ended
  std::vector<std::function<void()>> on_end;  // likewise
  bool cancelled = false;
  std::optional<std::string> body;  // once the run ended
};

ResponseRun::ResponseRun(Responses& owner, std::string id, std::shared_ptr<State> state)
    : responses_(owner), id_(std::move(id)), state_(std::move(state)) {}

ResponseRun::~ResponseRun() {
  end({});
  responses_.remove_run(id_);
}

bool ResponseRun::cancelled() const {
  const std::lock_guard lock(state_->mutex);
  return state_->cancelled;
}

void ResponseRun::end(std::string body) {
  const std::lock_guard lock(state_->mutex);
  if (state_->body) return;
  state_->body = std::move(body);
  state_->on_cancel = nullptr;
  for (const auto& callback : state_->on_end) callback();
  state_->on_end.clear();
}

std::optional<std::string> Cancellation::poll() const {
  const std::lock_guard lock(state_->mutex);
  return state_->body;
}

void Cancellation::on_ready(std::function<void()> callback) const {
  const std::lock_guard lock(state_->mutex);
  if (state_->body) {
    callback();
  } else {
    state_->on_end.push_back(std::move(callback));
  }
}

std::unique_ptr<ResponseRun> Responses::start(std::string id, std::string owner,
                                              std::function<void()> on_cancel) {
  auto state = std::make_shared<ResponseRun::State>(std::move(owner), std::move(on_cancel));
  {
    const std::lock_guard lock(mutex_);
    runs_[id] = state;
  }
  return std::unique_ptr<ResponseRun>(new ResponseRun(*this, std::move(id), std::move(state)));
}

void Responses::remove_run(const std::string& id) {
  const std::lock_guard lock(mutex_);
  runs_.erase(id);
}

std::unique_ptr<Cancellation> Responses::cancel(std::string_view id, std::string_view owner) {
  std::shared_ptr<ResponseRun::State> state;
  {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(id);
    if (found == runs_.end() || found->second->owner != owner) return nullptr;
    state = found->second;
  }
  const std::lock_guard lock(state->mutex);
  if (state->body) return nullptr;
  state->cancelled = true;
  if (state->on_cancel) std::exchange(state->on_cancel, nullptr)();
  return std::make_unique<Cancellation>(state);
}

bool Responses::running(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  return runs_.find(id) != runs_.end();
}

Status Responses::add(store::StoredResponse response) {
  if (store_ == nullptr) return keeps_nothing();
  response.created_at = now();
  return store_->add(response);
}

Status Responses::finish(std::string_view id, std::string_view body,
                         const std::vector<store::StoredItem>& output) {
  if (store_ == nullptr) return keeps_nothing();
  return store_->finish(id, body, output);
}

Result<std::optional<store::StoredResponse>> Responses::find(std::string_view id,
                                                             std::string_view owner) const {
  if (store_ == nullptr) return std::nullopt;
  return store_->find(id, owner, now());
}

Result<std::optional<store::StoredItem>> Responses::find_item(std::string_view id,
                                                              std::string_view owner) const {
  if (store_ == nullptr) return std::nullopt;
  return store_->find_item(id, owner, now());
}

Result<bool> Responses::remove(std::string_view id, std::string_view owner) {
  if (store_ == nullptr) return false;
  return store_->remove(id, owner, now());
}

Result<std::vector<store::StoredResponse>> Responses::chain(std::string_view id,
                                                            std::string_view owner) const {
  std::vector<store::StoredResponse> chain;
  std::size_t bytes = 0;
  for (std::string next(id); !next.empty(); next = chain.back().previous_id) {
    PEREGRINE_ASSIGN(auto found, find(next, owner));
    if (!found) return fail(ErrorCode::kNotFound, "is not there", next);
    if (!found->finished && running(next)) {
      return fail(ErrorCode::kUnavailable, "is still being made", next);
    }
    bytes += size_of(*found);
    chain.push_back(std::move(*found));
    if (chain.size() > kMaxChainLength || bytes > kMaxChainBytes) {
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("has more than {} responses before it, or {} MiB of items", kMaxChainLength,
                              kMaxChainBytes >> 20),
                  std::string(id));
    }
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

}  // namespace peregrine::service
