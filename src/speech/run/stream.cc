#include "speech/run/stream.h"

#include <cassert>

namespace peregrine::speech {

TranscriptionHandle::TranscriptionHandle(std::shared_ptr<Stream> stream, std::shared_ptr<Wakeup> loop)
    : stream_(std::move(stream)), loop_(std::move(loop)) {
  stream_->events.set_on_space([wakeup = loop_] { wakeup->nudge(); });
}

TranscriptionHandle::~TranscriptionHandle() {
  stream_->events.set_on_ready({});
  stream_->cancelled.store(true);
  loop_->nudge();
}

std::optional<Event> TranscriptionHandle::poll() {
  return stream_->events.try_pop();
}

void TranscriptionHandle::on_ready(std::function<void()> callback) {
  stream_->events.set_on_ready(callback);
}

void Outbox::send(Event event) {
  held_.push_back(std::move(event));
  flush();
}

void Outbox::flush() {
  while (!held_.empty() && stream_->events.try_push(held_.front())) held_.pop_front();
}

void Outbox::finish(Event event) {
  assert(!holding());
  stream_->events.push_last(std::move(event));
}

void Outbox::abort(Error error) {
  held_.clear();
  stream_->events.push_last(std::move(error));
}

}  // namespace peregrine::speech
