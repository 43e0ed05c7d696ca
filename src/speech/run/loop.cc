#include "speech/run/loop.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace peregrine::speech {
namespace {

using Stage = Recording::Stage;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

Error stopping() {
  return {ErrorCode::kUnavailable, "the transcriber is stopping", {}};
}

}  // namespace

Loop::Loop(const LoopLimits& limits, Shared& shared, DecoderStep& step, std::span<float> mels,
           const std::shared_ptr<Mailbox>& mailbox)
    : limits_(limits), shared_(shared), step_(step), mels_(mels), mailbox_(mailbox) {}

void Loop::run() {
  Mailbox::Mail mail;
  for (bool idle = true;;) {
    mailbox_->take(idle, mail);
    if (mail.stopping) break;
    accept(mail.arrived);
    attend();
    admit();
    idle = !round();
  }
  accept(mail.arrived);
  end_all();
}

void Loop::accept(std::deque<Order>& arrived) {
  std::ranges::move(arrived, std::back_inserter(waiting_));
  arrived.clear();
}

void Loop::attend() {
  for (const auto& recording : running_) recording->attend();
  sweep();
  const auto cancelled =
      std::erase_if(waiting_, [](const Order& order) { return order.stream->cancelled.load(); });
  mailbox_->left_queue(static_cast<std::uint32_t>(cancelled));
}

void Loop::admit() {
  while (!waiting_.empty() && !shared_.window_slots.empty()) {
    running_.push_back(std::make_unique<Recording>(shared_, std::move(waiting_.front()), mailbox_));
    waiting_.pop_front();
    mailbox_->left_queue(1);
  }
}

void Loop::end_all() {
  for (const auto& recording : running_) recording->fail(stopping());
  running_.clear();
  for (const Order& order : waiting_) order.stream->events.push_last(stopping());
  mailbox_->left_queue(static_cast<std::uint32_t>(waiting_.size()));
  waiting_.clear();
}

bool Loop::round() {
  ++now_;
  for (const auto& recording : running_) {
    if (recording->stage() == Stage::kSound) recording->look_for_window(now_);
  }
  const bool encoded = encode();
  grant_slots();
  const bool decoded = decode();
  const bool aligned = align();
  sweep();
  return encoded || decoded || aligned;
}

std::vector<Recording*> Loop::in_stage(Stage stage) const {
  std::vector<Recording*> found;
  for (const auto& recording : running_) {
    if (recording->stage() != stage) continue;
    const auto place = std::ranges::upper_bound(found, recording->since(), {}, &Recording::since);
    found.insert(place, recording.get());
  }
  return found;
}

bool Loop::encode() {
  std::vector<Recording*> batch = in_stage(Stage::kEncode);
  if (batch.empty()) return false;
  if (batch.size() > limits_.encode_batch) batch.resize(limits_.encode_batch);
  const Clock::time_point begin = Clock::now();
  std::vector<std::uint32_t> slots;
  auto end = mels_.begin();
  for (const Recording* recording : batch) {
    end = std::ranges::copy(recording->mel(), end).out;
    slots.push_back(recording->window_slot());
  }
  shared_.model.encode({mels_.begin(), end}, slots, shared_.state);
  for (Recording* recording : batch) recording->encoded(now_);
  shared_.metrics.encode_seconds.Observe(seconds_since(begin));
  return true;
}

void Loop::grant_slots() {
  // Nobody is overtaken: who needs many slots would wait for ever.
  for (Recording* recording : in_stage(Stage::kSlots)) {
    if (!recording->take_slots()) return;
  }
}

bool Loop::decode() {
  const Clock::time_point begin = Clock::now();
  std::uint32_t prompt_room = limits_.prompt_rows;
  std::vector<Recording*> parts;
  step_.begin();
  for (const Stage stage : {Stage::kDetect, Stage::kSearch, Stage::kPrompt}) {
    for (Recording* recording : in_stage(stage)) {
      prompt_room -= recording->add_rows(step_, prompt_room);
      parts.push_back(recording);
    }
  }
  if (step_.rows() == 0) return false;
  step_.run(shared_.state);
  for (Recording* recording : parts) recording->take_rows(step_, now_);
  shared_.metrics.step_seconds.Observe(seconds_since(begin));
  return true;
}

bool Loop::align() {
  std::vector<Recording*> parts;
  step_.begin();
  for (Recording* recording : in_stage(Stage::kAlign)) {
    if (!recording->add_aligned_rows(step_)) break;
    parts.push_back(recording);
  }
  if (parts.empty()) return false;
  step_.run_aligned(shared_.state);
  for (Recording* recording : parts) recording->take_alignment(step_);
  return true;
}

void Loop::sweep() {
  std::erase_if(running_, [](const auto& recording) { return recording->stage() == Stage::kOver; });
}

}  // namespace peregrine::speech
