#include "speech/decode/search.h"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "speech/decode/measures.h"
#include "speech/decode/rules.h"

namespace peregrine::speech {
namespace {

// Hypotheses that do not know of each other: one at temperature 0, or independent samples.
class Samples final : public Search {
 public:
  Samples(const Vocabulary& vocabulary, const SearchOptions& options) : Search(vocabulary, options) {
    for (std::uint32_t i = 0; i < options.width; ++i) {
      // Seeds next to each other give streams that have nothing in common.
      draws_.push_back({base::Rng(options.seed + i), 0});
    }
  }

 private:
  // One sample that goes on.
  struct Draw {
    base::Rng rng;
    std::uint32_t parent;  // index in live_
  };

  void expand(Rows rows) override {
    std::vector<Draw> going_on;
    for (Draw& draw_from : draws_) {
      const std::span<const float> logits = rows(draw_from.parent);
      const Choice choice =
          options_.temperature > 0 ? draw(logits, options_.temperature, draw_from.rng) : most_likely(logits);
      Hypothesis child = extend(live_[draw_from.parent], choice);
      if (child.end != Hypothesis::End::kNone) {
        finish(std::move(child));
        continue;
      }
      going_on.push_back({draw_from.rng, static_cast<std::uint32_t>(children_.size())});
      children_.push_back({std::move(child), draw_from.parent});
    }
    draws_ = std::move(going_on);
  }
  bool enough() const override { return false; }

  std::vector<Draw> draws_;  // by parent, ascending
};

// The likeliest `width` hypotheses, until as many have ended (patience 1).
class Beam final : public Search {
 public:
  Beam(const Vocabulary& vocabulary, const SearchOptions& options) : Search(vocabulary, options) {}

 private:
  struct Candidate {
    std::uint32_t parent;
    Choice choice;
    double score;  // of the whole
  };

  void expand(Rows rows) override {
    candidates_.clear();
    for (std::uint32_t i = 0; i < live_.size(); ++i) {
      // One more than beams, as one may be the end of text.
      most_likely(rows(i), options_.width + 1, choices_);
      for (const Choice& choice : choices_) {
        candidates_.push_back({i, choice, live_[i].sum_logprob + static_cast<double>(choice.logprob)});
      }
    }
    // Of equals those of the earlier hypothesis first, then the lowest token.
    std::ranges::sort(candidates_, [](const Candidate& a, const Candidate& b) {
      return std::tuple(-a.score, a.parent, a.choice.token) < std::tuple(-b.score, b.parent, b.choice.token);
    });
    for (const Candidate& candidate : candidates_) {
      if (children_.size() == options_.width) break;
      Hypothesis child = extend(live_[candidate.parent], candidate.choice);
      if (child.end == Hypothesis::End::kNone) {
        children_.push_back({std::move(child), candidate.parent});
      } else if (finished_.size() < options_.width || child.end == Hypothesis::End::kFull) {
        finish(std::move(child));
      }
    }
    std::ranges::sort(children_, {}, [](const Child& child) {
      return std::pair(child.parent, child.hypothesis.tokens.back());
    });
  }
  bool enough() const override { return finished_.size() >= options_.width; }

  std::vector<Choice> choices_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::unique_ptr<Search> Search::create(const Vocabulary& vocabulary, const SearchOptions& options) {
  if (options.temperature > 0 || options.width == 1) return std::make_unique<Samples>(vocabulary, options);
  return std::make_unique<Beam>(vocabulary, options);
}

Search::Search(const Vocabulary& vocabulary, const SearchOptions& options)
    : vocabulary_(vocabulary), options_(options), live_(1) {}

void Search::advance(Rows rows, std::vector<std::uint32_t>& parents) {
  assert(!done());
  for (std::size_t i = 0; i < live_.size(); ++i) apply_rules(vocabulary_, live_[i].tokens, rows(i));
  children_.clear();
  expand(rows);
  live_.clear();
  parents.clear();
  if (enough()) return;
  for (Child& child : children_) {
    live_.push_back(std::move(child.hypothesis));
    parents.push_back(child.parent);
  }
}

Hypothesis Search::extend(const Hypothesis& from, Choice choice) const {
  Hypothesis child = from;
  child.sum_logprob += static_cast<double>(choice.logprob);
  if (choice.token == vocabulary_.special().end_of_text) {
    child.end = Hypothesis::End::kEndOfText;
    return child;
  }
  child.tokens.push_back(choice.token);
  child.logprobs.push_back(choice.logprob);
  std::vector<TokenId> text;
  text.reserve(child.tokens.size());
  std::ranges::copy_if(child.tokens, std::back_inserter(text),
                       [this](TokenId token) { return vocabulary_.is_text(token); });
  if (loop_at_end(text).period != 0) {
    child.end = Hypothesis::End::kLoop;
  } else if (child.tokens.size() >= options_.max_tokens) {
    child.end = Hypothesis::End::kFull;
  }
  return child;
}

Hypothesis Search::best() {
  assert(done() && !finished_.empty());
  const auto worse = [](const Hypothesis& a, const Hypothesis& b) {
    const bool a_loops = a.end == Hypothesis::End::kLoop;
    const bool b_loops = b.end == Hypothesis::End::kLoop;
    return a_loops != b_loops ? a_loops : a.avg_logprob() < b.avg_logprob();
  };
  return std::move(*std::ranges::max_element(finished_, worse));
}

}  // namespace peregrine::speech
