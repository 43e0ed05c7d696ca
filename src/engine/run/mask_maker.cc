#include "engine/run/mask_maker.h"

#include <algorithm>

namespace peregrine::engine {

MaskMaker::MaskMaker(std::uint32_t n_vocab, std::uint32_t max_outputs)
    : words_((std::size_t{n_vocab} + 63) / 64), made_(max_outputs, 0) {}

MaskMaker::~MaskMaker() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void MaskMaker::add(Constraint& constraint, std::uint32_t place, std::span<const model::TokenId> draft) {
  if (masks_.empty()) masks_.resize(words_ * made_.size());
  if (n_jobs_ == jobs_.size()) jobs_.emplace_back();
  Job& job = jobs_[n_jobs_++];
  job.constraint = &constraint;
  job.place = place;
  job.draft.assign(draft.begin(), draft.end());
}

void MaskMaker::start() {
  if (n_jobs_ == 0) return;
  next_ = 0;
  {
    const std::lock_guard lock(mutex_);
    open_ = true;
  }
  changed_.notify_all();
  if (!thread_.joinable()) thread_ = std::thread([this] { serve(); });
}

void MaskMaker::finish() {
  if (n_jobs_ == 0) return;
  work();
  std::unique_lock lock(mutex_);
  open_ = false;
  changed_.wait(lock, [this] { return !at_work_; });
}

void MaskMaker::clear() {
  n_jobs_ = 0;
  std::ranges::fill(made_, 0);
}

const std::uint64_t* MaskMaker::at(std::uint32_t place) const {
  return made_[place] != 0 ? masks_.data() + words_ * place : nullptr;
}

void MaskMaker::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || open_; });
    if (stopping_) return;
    open_ = false;
    at_work_ = true;
    lock.unlock();
    work();
    lock.lock();
    at_work_ = false;
    changed_.notify_all();
  }
}

void MaskMaker::work() {
  for (std::size_t i = next_.fetch_add(1); i < n_jobs_; i = next_.fetch_add(1)) make(jobs_[i]);
}

void MaskMaker::make(const Job& job) {
  std::uint32_t place = job.place;
  bool made = make_one(*job.constraint, place);
  std::size_t accepted = 0;
  for (; made && accepted < job.draft.size(); ++accepted) {
    if (!job.constraint->accept(job.draft[accepted])) break;
    made = make_one(*job.constraint, ++place);
  }
  // The last token may have been accepted although no mask could be made after it.
  if (accepted > 0) job.constraint->take_back(accepted);
}

bool MaskMaker::make_one(Constraint& constraint, std::uint32_t place) {
  const bool made = constraint.mask(std::span(masks_).subspan(words_ * place, words_)).has_value();
  made_[place] = made ? 1 : 0;
  return made;
}

}  // namespace peregrine::engine
