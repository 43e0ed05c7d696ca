// Makes the masks of a step while the model computes it: which tokens may come next follows from the tokens
// before, not from the logits.
//
// A thread of its own takes the jobs; what it has not begun when the model is done, the caller does itself.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "engine/constraint.h"

namespace peregrine::engine {

class MaskMaker {
 public:
  // Masks of `n_vocab` tokens for up to `max_outputs` rows of logits.
  MaskMaker(std::uint32_t n_vocab, std::uint32_t max_outputs);
  MaskMaker(const MaskMaker&) = delete;
  MaskMaker& operator=(const MaskMaker&) = delete;
  ~MaskMaker();

  // Asks for the mask of the output at `place`, and of those after it, one for each token of `draft`, should
  // it come. The constraint must stay until finish(), and is then where it was.
  void add(Constraint& constraint, std::uint32_t place, std::span<const model::TokenId> draft);
  // Lets the thread begin.
  void start();
  // Returns when all masks are made.
  void finish();
  // The next add() begins another step.
  void clear();

  // After finish(): null if the output's mask was not asked for or could not be made, or if it follows a
  // token of a draft that may not come.
  const std::uint64_t* at(std::uint32_t place) const;

 private:
  struct Job {
    Constraint* constraint = nullptr;
    std::uint32_t place = 0;
    std::vector<model::TokenId> draft;
  };

  void serve();
  // Takes jobs until there are none.
  void work();
  void make(const Job& job);
  bool make_one(Constraint& constraint, std::uint32_t place);

  const std::size_t words_;  // of a mask
  std::vector<std::uint64_t> masks_;
  std::vector<std::uint8_t> made_;  // by place: whether the mask stands
  std::vector<Job> jobs_;
  std::size_t n_jobs_ = 0;  // jobs_ keeps its memory

  std::atomic<std::size_t> next_{0};  // job to take
  std::mutex mutex_;
  std::condition_variable changed_;
  // Under mutex_. The thread takes jobs only between start() and finish(), and at most once.
  bool open_ = false;
  bool at_work_ = false;
  bool stopping_ = false;
  std::thread thread_;  // begins with the first job
};

}  // namespace peregrine::engine
