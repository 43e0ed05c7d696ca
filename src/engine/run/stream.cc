#include "engine/run/stream.h"

#include <cassert>
#include <utility>

namespace peregrine::engine {

GenerationHandle::GenerationHandle(std::shared_ptr<Stream> stream, std::shared_ptr<Wakeup> loop)
    : stream_(std::move(stream)), loop_(std::move(loop)) {
  // Runs inside poll(), so this stream is alive.
  stream_->events.set_on_space([raw = stream_.get(), wakeup = loop_] {
    raw->has_space.store(true, std::memory_order_release);
    wakeup->nudge();
  });
}

GenerationHandle::~GenerationHandle() {
  stream_->events.set_on_ready({});
  if (!finished_) cancel();
}

std::optional<Event> GenerationHandle::poll() {
  std::optional<Event> event = stream_->events.try_pop();
  if (event && std::holds_alternative<Finished>(*event)) finished_ = true;
  return event;
}

void GenerationHandle::on_ready(std::function<void()> callback) {
  stream_->events.set_on_ready(callback);
}

void GenerationHandle::cancel() {
  if (!stream_->cancelled.exchange(true)) loop_->nudge();
}

void Outbox::send(TokenEvent event) {
  assert(!held_);
  held_ = std::move(event);
  try_held();
}

void Outbox::retry() {
  if (held_ && stream_->has_space.exchange(false, std::memory_order_acquire)) try_held();
}

void Outbox::try_held() {
  // The push takes the event away, tokens and all.
  const std::size_t tokens = 1 + std::get<TokenEvent>(*held_).forced.size();
  if (!stream_->events.try_push(*held_)) return;
  sent_ += static_cast<std::uint32_t>(tokens);
  held_.reset();
}

void Outbox::finish(Finished finished) {
  held_.reset();
  finished.completion_tokens = sent_;
  stream_->events.push_last(finished);
}

}  // namespace peregrine::engine
