// The search for a window's tokens: greedy, some samples, or a beam; one token of each hypothesis a step.
//
// A hypothesis ends with the end of text, when it has max_tokens, or when it turns in a loop (measures.h).
// Knows no model: it is handed logits, and says which hypothesis continues which, so that keys and values can
// follow.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/function_ref.h"
#include "speech/decode/sampling.h"
#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech {

struct SearchOptions {
  float temperature = 0.0F;  // 0: the likeliest, above: samples
  std::uint32_t width = 1;   // beams at temperature 0, samples above
  std::uint32_t max_tokens = 1;
  std::uint64_t seed = 0;
};

struct Hypothesis {
  enum class End : std::uint8_t { kNone, kEndOfText, kFull, kLoop };
  std::vector<TokenId> tokens;  // sampled, without the end of text
  std::vector<float> logprobs;  // of each token, after the rules
  double sum_logprob = 0;       // of these and the end of text
  End end = End::kNone;

  // Per token, the end of text among them.
  float avg_logprob() const {
    return static_cast<float>(sum_logprob / static_cast<double>(tokens.size() + 1));
  }
};

class Search {
 public:
  // A row of logits, which is written to.
  using Rows = base::FunctionRef<std::span<float>(std::size_t)>;

  // `vocabulary` outlives the search.
  static std::unique_ptr<Search> create(const Vocabulary& vocabulary, const SearchOptions& options);
  virtual ~Search() = default;
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  // The hypotheses that go on, at most options.width: at first one without tokens.
  std::span<const Hypothesis> live() const { return live_; }
  bool done() const { return live_.empty(); }

  // Takes the logits after each of live(); parents[i] becomes the index of the hypothesis that the new
  // live()[i] continues, ascending.
  void advance(Rows rows, std::vector<std::uint32_t>& parents);

  // When done: the one of the highest mean log-probability, loops after all others.
  Hypothesis best();

 protected:
  Search(const Vocabulary& vocabulary, const SearchOptions& options);

  struct Child {
    Hypothesis hypothesis;
    std::uint32_t parent = 0;
  };
  // One step: children that go on into `children_`, others through finish().
  virtual void expand(Rows rows) = 0;
  // Whether enough hypotheses have ended.
  virtual bool enough() const = 0;

  // `from` with one token more; it may have ended.
  Hypothesis extend(const Hypothesis& from, Choice choice) const;
  void finish(Hypothesis hypothesis) { finished_.push_back(std::move(hypothesis)); }

  const Vocabulary& vocabulary_;
  const SearchOptions options_;
  std::vector<Hypothesis> live_;
  std::vector<Hypothesis> finished_;
  std::vector<Child> children_;
};

}  // namespace peregrine::speech
