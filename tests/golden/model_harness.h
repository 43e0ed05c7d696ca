// Runs a model over token sequences, cut and interleaved as a test likes, and compares logits with
// references.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "gguf/file.h"
#include "model/model.h"

namespace peregrine::golden {

using Tokens = std::vector<model::TokenId>;

// A reference: one prompt of a golden file with the logits after each of its tokens.
struct Prompt {
  std::string name;
  std::int32_t position = 0;  // of the first token
  Tokens tokens;
  std::vector<float> logits;  // [tokens, n_vocab]
  Tokens greedy;              // what argmax continues with
  std::vector<float> greedy_margin;
};

struct Tolerance {
  float max_abs = 0;
  float rms = 0;
  double kl_mean = 0;
  double kl_max = 0;
};

struct GoldenFile {
  std::vector<Prompt> prompts;
  Tolerance tolerance;
};

// Where golden models are: the project's own copies.
std::filesystem::path models_dir();
GoldenFile read_golden(const std::filesystem::path& json);

// One sequence to feed: how many tokens each step takes of it (the last value repeats).
struct Feed {
  const Prompt* prompt;
  std::vector<std::uint32_t> steps;
};

class ModelHarness {
 public:
  ModelHarness(const std::filesystem::path& gguf, const std::string& isa, unsigned threads,
               tensor::DType kv = tensor::DType::kF32);

  const model::ModelInfo& info() const { return model_->info(); }

  // Feeds all sequences at once, each step a batch of one chunk from every sequence that has tokens left, and
  // returns the logits of every position of every sequence. KV blocks of the sequences are interleaved.
  std::vector<std::vector<float>> run(const std::vector<Feed>& feeds);

  // Greedy continuation of `prompt`, n tokens, and the logits of each step.
  Tokens greedy(const Prompt& prompt, std::size_t n);

 private:
  base::MemoryBudget budget_{std::uint64_t{1} << 32};
  std::unique_ptr<gguf::File> file_;
  std::unique_ptr<backend::Backend> backend_;
  std::unique_ptr<model::Model> model_;
  std::unique_ptr<backend::KvStore> kv_;
  std::unique_ptr<model::Workspace> workspace_;
};

struct Difference {
  double max_abs = 0;
  double rms = 0;
  double kl_mean = 0;
  double kl_max = 0;
};

Difference compare(const std::vector<float>& reference, const std::vector<float>& logits,
                   std::size_t n_vocab);

}  // namespace peregrine::golden
