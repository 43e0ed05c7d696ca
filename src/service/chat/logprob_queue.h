// Which log-probabilities go out with which content: those of tokens whose text ends in it.
//
// A token waits until it is known where its text went. What was no content (reasoning, calls, marks) has no
// log-probabilities to show; a token that is content in part counts with that part.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "service/chat/chat.h"

namespace peregrine::service {

class LogprobQueue {
 public:
  // A token whose text is [begin, end) of the raw text, in order; empty while its character is unfinished.
  void add(std::size_t begin, std::size_t end, TokenLogprob logprob);
  // Raw [raw, raw + length) is the next content.
  void place(std::size_t raw, std::size_t length);
  // No more content comes.
  void finish();
  // Those that are due when `emitted` bytes of content have gone out. `ending`: no more will, so that tokens
  // cut short are due as well.
  std::vector<TokenLogprob> release(std::size_t emitted, bool ending);

 private:
  struct Waiting {
    std::size_t begin;
    std::size_t end;
    std::optional<std::size_t> content_end;  // of the part that is content
    TokenLogprob logprob;
  };
  struct Placed {
    std::size_t content_end;
    TokenLogprob logprob;
  };

  void settle();

  std::deque<Waiting> waiting_;
  std::deque<Placed> placed_;
  std::size_t content_ = 0;          // bytes of content so far
  std::size_t content_raw_end_ = 0;  // where the last of it ends in the raw text
  std::size_t described_ = 0;        // where the content of the first placed token begins
};

}  // namespace peregrine::service
