#include "tests/golden/model_harness.h"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <numeric>
#include <stdexcept>

namespace peregrine::golden {
namespace {

constexpr std::uint32_t kBlockTokens = 16;
constexpr std::uint32_t kMaxRows = 512;
constexpr std::uint32_t kMaxContext = 8448;  // the longest prompt has 8240 tokens
constexpr std::uint32_t kBlocks = kMaxContext / kBlockTokens;

// A failed step of the harness fails the test that asked for it.
template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

std::vector<float> decode_f32(const boost::json::value& array) {
  const auto& text = array.at("data").as_string();
  std::string bytes(text.size() / 4 * 3, '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (length < 0) throw std::runtime_error("bad base64");
  std::size_t count = 1;
  for (const auto& dim : array.at("shape").as_array()) count *= static_cast<std::size_t>(dim.as_int64());
  std::vector<float> values(count);
  std::memcpy(values.data(), bytes.data(), count * sizeof(float));
  return values;
}

Tokens decode_tokens(const boost::json::value& array) {
  Tokens tokens;
  for (const auto& token : array.as_array()) tokens.push_back(static_cast<model::TokenId>(token.as_int64()));
  return tokens;
}

boost::json::value parse_file(const std::filesystem::path& json) {
  std::ifstream stream(json, std::ios::binary);
  return boost::json::parse(std::string(std::istreambuf_iterator<char>(stream), {}));
}

struct SquaredError {
  double sum = 0;
  double count = 0;

  void add(const std::vector<float>& a, const std::vector<float>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double error = static_cast<double>(a[i]) - static_cast<double>(b[i]);
      sum += error * error;
    }
    count += static_cast<double>(a.size());
  }
  double rms() const { return std::sqrt(sum / count); }
};

std::vector<double> log_softmax(const float* logits, std::size_t n) {
  const double max = *std::max_element(logits, logits + n);
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += std::exp(logits[i] - max);
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = logits[i] - max - std::log(sum);
  return out;
}

}  // namespace

std::filesystem::path golden_folder(const std::string& name) {
  const std::filesystem::path own =
      std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests" / "golden" / "models";
  const std::filesystem::path shared = std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden";
  for (const std::filesystem::path& folder : {own, shared}) {
    if (std::filesystem::exists(folder / (name + ".gguf"))) return folder;
  }
  return {};
}

std::vector<float> Prompt::of_interest(const std::vector<float>& all, std::size_t n_vocab) const {
  if (rows.empty()) return all;
  std::vector<float> picked;
  for (const std::uint32_t row : rows) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(row * n_vocab);
    picked.insert(picked.end(), begin, begin + static_cast<std::ptrdiff_t>(n_vocab));
  }
  return picked;
}

static Tolerance read_tolerance(const boost::json::value& value) {
  return {value.at("max_abs").to_number<float>(), value.at("rms").to_number<float>(),
          value.at("kl_mean").to_number<double>(), value.at("kl_max").to_number<double>()};
}

GoldenFile read_golden(const std::filesystem::path& json) {
  const boost::json::value root = parse_file(json);
  GoldenFile golden;
  golden.tolerance = read_tolerance(root.at("tolerance"));
  if (const auto* of_long = root.as_object().if_contains("tolerance_long")) {
    golden.tolerance_long = read_tolerance(*of_long);
  }
  SquaredError reference;
  for (const auto& item : root.at("prompts").as_array()) {
    const auto& object = item.as_object();
    // "truth" is the reference on unrounded weights; files that are F32 anyway have only "logits".
    const bool truth = object.contains("truth");
    Prompt prompt;
    prompt.name = object.at("name").as_string();
    prompt.position = static_cast<std::int32_t>(object.at("pos_start").as_int64());
    prompt.tokens = decode_tokens(object.at("tokens"));
    prompt.logits = decode_f32(object.at(truth ? "truth" : "logits"));
    if (truth) reference.add(prompt.logits, decode_f32(object.at("logits")));
    if (const auto* margins = object.if_contains("router_margin")) {
      for (const auto& margin : margins->as_array())
        prompt.router_margin.push_back(margin.to_number<float>());
    }
    if (const auto* rows = object.if_contains("logit_positions")) {
      for (const auto& row : rows->as_array()) prompt.rows.push_back(row.to_number<std::uint32_t>());
      prompt.long_context = true;
    }
    if (!object.contains("greedy")) {
      golden.prompts.push_back(std::move(prompt));
      continue;
    }
    const auto& greedy = object.at(truth && object.contains("greedy_truth") ? "greedy_truth" : "greedy");
    prompt.greedy = decode_tokens(greedy.at("tokens"));
    for (const auto& margin : greedy.at("margins").as_array()) {
      prompt.greedy_margin.push_back(margin.to_number<float>());
    }
    golden.prompts.push_back(std::move(prompt));
  }
  if (reference.count > 0) golden.reference_error = reference.rms();
  return golden;
}

std::vector<EmbeddingPrompt> read_embeddings(const std::filesystem::path& json) {
  const boost::json::value root = parse_file(json);
  std::vector<EmbeddingPrompt> prompts;
  for (const auto& item : root.at("prompts").as_array()) {
    const auto& object = item.as_object();
    const std::string prefix = object.contains("truth_token_embeddings") ? "truth_" : "";
    prompts.push_back({std::string(object.at("name").as_string()), decode_tokens(object.at("tokens")),
                       decode_f32(object.at(prefix + "token_embeddings")),
                       decode_f32(object.at(prefix + "pooled_mean"))});
  }
  return prompts;
}

double embedding_tolerance(const std::filesystem::path& json, const char* name) {
  return parse_file(json).at("tolerance").at(name).to_number<double>();
}

ModelHarness::ModelHarness(const std::filesystem::path& gguf, const std::string& isa, unsigned threads,
                           tensor::DType kv) {
  file_ = std::make_unique<gguf::File>(need(gguf::File::open(gguf)));
  load(isa, threads, kv);
}

ModelHarness::ModelHarness(std::vector<std::byte> gguf, const std::string& isa, unsigned threads)
    : bytes_(std::move(gguf)) {
  file_ = std::make_unique<gguf::File>(need(gguf::File::parse(bytes_)));
  load(isa, threads, tensor::DType::kF32);
}

std::shared_ptr<const model::Adapter> ModelHarness::bind(const model::AdapterWeights& weights) const {
  return need(model_->bind(weights));
}

void ModelHarness::load(const std::string& isa, unsigned threads, tensor::DType kv) {
  backend_ = backend::make_cpu_backend({.threads = threads, .isa = isa}, budget_);
  model_ = need(model::load_model(*file_, *backend_));
  kv_ = need(model::allocate_kv(*model_, kBlockTokens, kv, kBlocks));
  workspace_ = need(model_->make_workspace(kMaxRows, kMaxRows, kMaxContext));
}

const std::vector<std::span<const model::SequenceSlice>>& ModelHarness::in_every_group(
    const std::vector<model::SequenceSlice>& slices) {
  views_.assign(kv_.size(), slices);
  return views_;
}

std::vector<std::vector<float>> ModelHarness::run(const std::vector<Feed>& feeds) {
  const std::size_t n_vocab = info().n_vocab;
  std::vector<std::vector<float>> results(feeds.size());
  std::vector<std::size_t> done(feeds.size(), 0);
  std::vector<std::vector<std::uint32_t>> blocks(feeds.size());
  std::uint32_t next_block = 0;
  for (std::size_t step = 0;; ++step) {
    Tokens tokens;
    std::vector<std::int32_t> positions;
    std::vector<model::SequenceSlice> slices;
    std::vector<std::size_t> owners;
    std::vector<const model::Adapter*> adapters;
    for (std::size_t s = 0; s < feeds.size(); ++s) {
      const Prompt& prompt = *feeds[s].prompt;
      const auto& steps = feeds[s].steps;
      const std::size_t take =
          std::min<std::size_t>(steps[std::min(step, steps.size() - 1)], prompt.tokens.size() - done[s]);
      if (take == 0) continue;
      while (blocks[s].size() * kBlockTokens < done[s] + take) blocks[s].push_back(next_block++);
      slices.push_back({static_cast<std::uint32_t>(tokens.size()), static_cast<std::uint32_t>(take),
                        static_cast<std::uint32_t>(done[s]), blocks[s],
                        static_cast<std::uint32_t>(prompt.position)});
      owners.push_back(s);
      adapters.push_back(feeds[s].adapter);
      for (std::size_t i = 0; i < take; ++i) {
        tokens.push_back(prompt.tokens[done[s] + i]);
        positions.push_back(prompt.position + static_cast<std::int32_t>(done[s] + i));
      }
      done[s] += take;
    }
    if (tokens.empty()) break;
    std::vector<std::uint32_t> rows(tokens.size());
    for (std::uint32_t r = 0; r < rows.size(); ++r) rows[r] = r;
    std::vector<float> logits(rows.size() * n_vocab);
    model_->forward({.tokens = tokens,
                     .positions = positions,
                     .slices = in_every_group(slices),
                     .output_rows = rows,
                     .adapters = adapters},
                    kv_, *workspace_, logits);
    for (std::size_t i = 0; i < slices.size(); ++i) {
      const auto begin = logits.begin() + static_cast<std::ptrdiff_t>(slices[i].first_row * n_vocab);
      results[owners[i]].insert(results[owners[i]].end(), begin,
                                begin + static_cast<std::ptrdiff_t>(slices[i].n_rows * n_vocab));
    }
  }
  return results;
}

std::vector<float> ModelHarness::embed(const Tokens& tokens) {
  const auto n = static_cast<std::uint32_t>(tokens.size());
  std::vector<std::uint32_t> blocks(n / kBlockTokens + 1);
  std::vector<std::int32_t> positions(n);
  std::vector<std::uint32_t> rows(n);
  std::iota(blocks.begin(), blocks.end(), 0U);
  std::iota(positions.begin(), positions.end(), 0);
  std::iota(rows.begin(), rows.end(), 0U);
  const std::vector<model::SequenceSlice> slices = {{0, n, 0, blocks}};
  std::vector<float> out(std::size_t{n} * info().output_width());
  model_->forward({tokens, positions, in_every_group(slices), rows}, kv_, *workspace_, out);
  return out;
}

Tokens ModelHarness::greedy(const Prompt& prompt, std::size_t n) {
  const std::size_t n_vocab = info().n_vocab;
  Tokens out;
  std::vector<std::uint32_t> blocks(kBlocks);
  for (std::uint32_t b = 0; b < kBlocks; ++b) blocks[b] = b;
  Tokens known = prompt.tokens;
  std::uint32_t done = 0;
  std::vector<float> logits(n_vocab);
  while (out.size() < n) {
    const auto rows = static_cast<std::uint32_t>(std::min<std::size_t>(known.size() - done, kMaxRows));
    std::vector<std::int32_t> positions(rows);
    std::iota(positions.begin(), positions.end(), prompt.position + static_cast<std::int32_t>(done));
    const std::vector<model::SequenceSlice> slices = {
        {0, rows, done, blocks, static_cast<std::uint32_t>(prompt.position)}};
    const std::vector<std::uint32_t> outputs = {rows - 1};
    const auto input = std::span(known).subspan(done, rows);
    model_->forward({input, positions, in_every_group(slices), outputs}, kv_, *workspace_, logits);
    done += rows;
    if (done < known.size()) continue;
    const auto best = std::max_element(logits.begin(), logits.end()) - logits.begin();
    out.push_back(static_cast<model::TokenId>(best));
    known.push_back(out.back());
  }
  return out;
}

Difference compare(const std::vector<float>& reference, const std::vector<float>& logits,
                   std::size_t n_vocab) {
  Difference d;
  if (reference.size() != logits.size()) throw std::runtime_error("logits of another size");
  double squares = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const double error = static_cast<double>(reference[i]) - static_cast<double>(logits[i]);
    d.max_abs = std::max(d.max_abs, std::abs(error));
    squares += error * error;
  }
  d.rms = std::sqrt(squares / static_cast<double>(reference.size()));
  const std::size_t rows = reference.size() / n_vocab;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::vector<double> p = log_softmax(reference.data() + r * n_vocab, n_vocab);
    const std::vector<double> q = log_softmax(logits.data() + r * n_vocab, n_vocab);
    double kl = 0;
    for (std::size_t i = 0; i < n_vocab; ++i) kl += std::exp(p[i]) * (p[i] - q[i]);
    d.kl_max = std::max(d.kl_max, kl);
    d.kl_mean += kl / static_cast<double>(rows);
  }
  return d;
}

double cosine(std::span<const float> a, std::span<const float> b) {
  double dot = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    dot += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    aa += static_cast<double>(a[i]) * static_cast<double>(a[i]);
    bb += static_cast<double>(b[i]) * static_cast<double>(b[i]);
  }
  return dot / std::sqrt(aa * bb);
}

std::string test_name(const std::string& model, const std::string& isa) {
  std::string name = model + "_" + isa;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

}  // namespace peregrine::golden
