// Runs a model over token sequences, cut and interleaved as a test likes, and compares logits with
// references.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "gguf/file.h"
#include "model/lora/adapter.h"
#include "model/lora/adapter_weights.h"
#include "model/model.h"

namespace peregrine::golden {

using Tokens = std::vector<model::TokenId>;

// A reference: one prompt of a golden file with the logits after each of its tokens.
struct Prompt {
  std::string name;
  std::int32_t position = 0;  // of the first token
  Tokens tokens;
  std::vector<float> logits;        // [tokens, n_vocab], or of `rows` only
  std::vector<std::uint32_t> rows;  // empty: all
  bool long_context = false;        // thousands of tokens, with bounds of its own
  Tokens greedy;                    // what argmax continues with
  std::vector<float> greedy_margin;
  // By token, of mixtures of experts: how far the last chosen expert's score is above the first one's not
  // chosen, in standard deviations of the scores. Empty for other models.
  std::vector<float> router_margin;

  // Of logits of every row, those that the reference has.
  std::vector<float> of_interest(const std::vector<float>& all, std::size_t n_vocab) const;
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
  Tolerance tolerance_long;
  std::optional<double> reference_error;  // rms of the reference on rounded weights against its own truth
};

// Where the golden files of `name` are: the project's own copies, or the shared folder; empty when neither
// has them.
std::filesystem::path golden_folder(const std::string& name);
GoldenFile read_golden(const std::filesystem::path& json);

// One text of an embedding model: vectors of every token, and their mean.
struct EmbeddingPrompt {
  std::string name;
  Tokens tokens;
  std::vector<float> token_vectors;
  std::vector<float> mean;
};
std::vector<EmbeddingPrompt> read_embeddings(const std::filesystem::path& json);
double embedding_tolerance(const std::filesystem::path& json, const char* name);

// One sequence to feed: how many tokens each step takes of it (the last value repeats).
struct Feed {
  const Prompt* prompt;
  std::vector<std::uint32_t> steps;
  const model::Adapter* adapter = nullptr;
};

class ModelHarness {
 public:
  ModelHarness(const std::filesystem::path& gguf, const std::string& isa, unsigned threads,
               tensor::DType kv = tensor::DType::kF32);
  // Of a file in memory.
  ModelHarness(std::vector<std::byte> gguf, const std::string& isa, unsigned threads);

  const gguf::File& file() const { return *file_; }
  std::shared_ptr<const model::Adapter> bind(const model::AdapterWeights& weights) const;
  const model::ModelInfo& info() const { return model_->info(); }

  // Feeds all sequences at once, each step a batch of one chunk from every sequence that has tokens left, and
  // returns the logits of every position of every sequence. KV blocks of the sequences are interleaved.
  std::vector<std::vector<float>> run(const std::vector<Feed>& feeds);

  // Of an embedding model: the vectors of every token of one text.
  std::vector<float> embed(const Tokens& tokens);

  // Greedy continuation of `prompt`, n tokens, and the logits of each step.
  Tokens greedy(const Prompt& prompt, std::size_t n);

 private:
  void load(const std::string& isa, unsigned threads, tensor::DType kv);
  // The same blocks in every KV group.
  const std::vector<std::span<const model::SequenceSlice>>& in_every_group(
      const std::vector<model::SequenceSlice>& slices);

  std::vector<std::span<const model::SequenceSlice>> views_;
  base::MemoryBudget budget_{std::uint64_t{1} << 32};
  std::vector<std::byte> bytes_;  // of the file, where it is in memory
  std::unique_ptr<gguf::File> file_;
  std::unique_ptr<backend::Backend> backend_;
  std::unique_ptr<model::Model> model_;
  std::vector<std::unique_ptr<backend::KvStore>> kv_;
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

// Of two vectors of one length.
double cosine(std::span<const float> a, std::span<const float> b);

// What a model's tests on an instruction set are called: the two, with what no name may hold replaced.
std::string test_name(const std::string& model, const std::string& isa);

}  // namespace peregrine::golden
