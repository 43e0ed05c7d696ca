// Encoding throughput on texts of 1 MB, ordinary and adversarial, with vocabularies made here: merges are
// learnt from the ordinary text as the models' were from theirs.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "text/tokenizer/test_spec.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {
namespace {

constexpr std::size_t kBytes = 1'000'000;
constexpr int kMerges = 2000;

// Words of letters with a natural spread of lengths and frequencies, some punctuation, some numbers.
std::string prose() {
  std::mt19937 random(1);
  std::vector<std::string> words;
  for (int i = 0; i < 3000; ++i) {
    std::string word;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      word += "tnsrhldcmpfgbwyvk"[std::min(random() % 17, random() % 17)];
      word += "eaoiu"[std::min(random() % 5, random() % 5)];
    }
    words.push_back(word);
  }
  std::string text;
  while (text.size() < kBytes) {
    const std::size_t rank =
        std::min({random() % words.size(), random() % words.size(), random() % words.size()});
    text += words[rank];
    switch (random() % 16) {
      case 0:
        text += ", ";
        break;
      case 1:
        text += ".\n";
        break;
      case 2:
        text += " " + std::to_string(random() % 5000) + " ";
        break;
      default:
        text += ' ';
    }
  }
  text.resize(kBytes);
  return text;
}

// The most frequent pair becomes a token, over and over (Sennrich et al. 2016), on the words of a text's
// beginning.
std::vector<std::pair<std::string, std::string>> learnt_merges(std::string_view text,
                                                               std::string_view space) {
  std::map<std::vector<std::string>, int> words;
  std::vector<std::string> word;
  for (const char c : text.substr(0, 100'000)) {
    if (c == ' ' || c == '\n') {
      ++words[word];
      word.assign(1, std::string(space));
    } else {
      word.emplace_back(1, c);
    }
  }
  std::vector<std::pair<std::string, std::string>> merges;
  while (merges.size() < kMerges) {
    std::map<std::pair<std::string, std::string>, int> counts;
    for (const auto& [parts, count] : words) {
      for (std::size_t i = 0; i + 1 < parts.size(); ++i) counts[{parts[i], parts[i + 1]}] += count;
    }
    if (counts.empty()) break;
    // A batch of the best at a time: close enough, and quick.
    std::vector<std::pair<int, std::pair<std::string, std::string>>> best;
    best.reserve(counts.size());
    for (const auto& [pair, count] : counts) best.emplace_back(-count, pair);
    std::ranges::sort(best);
    best.resize(std::min<std::size_t>(best.size(), 50));
    for (const auto& [count, pair] : best) merges.push_back(pair);
    std::map<std::vector<std::string>, int> merged_words;
    for (const auto& [parts, count] : words) {
      std::vector<std::string> merged;
      for (const std::string& part : parts) {
        const bool joins = !merged.empty() && std::ranges::any_of(best, [&](const auto& b) {
          return b.second.first == merged.back() && b.second.second == part;
        });
        if (joins) {
          merged.back() += part;
        } else {
          merged.push_back(part);
        }
      }
      merged_words[merged] += count;
    }
    words = std::move(merged_words);
  }
  return merges;
}

SpecBuilder byte_level(const char* pre) {
  SpecBuilder builder = byte_level_spec();
  builder.spec().pre = pre;
  for (const auto& [left, right] : learnt_merges(prose(), "Ġ")) builder.merge(left, right);
  for (std::string part = "a"; part.size() < 16; part += part) builder.merge(part, part);
  return builder;
}

SpecBuilder sentencepiece(bool space_inside) {
  SpecBuilder builder = sentencepiece_spec();
  const auto add = [&](const std::string& piece) {
    const auto score = -static_cast<float>(builder.spec().tokens.size());
    if (builder.find(piece) == kNoToken) builder.add(piece, TokenKind::kNormal, score);
  };
  for (const auto& [left, right] : learnt_merges(prose(), kSpaceMarker)) add(left + right);
  for (std::string part = "aa"; part.size() < 17; part += part) add(part);
  for (char c = '!'; c <= '~'; ++c) add(std::string(1, c));
  add(std::string(kSpaceMarker));
  if (space_inside) add("e▁a");
  return builder;
}

SpecBuilder wordpiece() {
  SpecBuilder builder = wordpiece_spec({});
  const auto add = [&](const std::string& piece) {
    if (builder.find(piece) == kNoToken) builder.add(piece);
  };
  for (const auto& [left, right] : learnt_merges(prose(), kSpaceMarker)) add(left + right);
  for (char c = '!'; c <= '~'; ++c) {
    add(std::string(1, c));
    add(std::string(kSpaceMarker) + c);
  }
  return builder;
}

void encode(benchmark::State& state, SpecBuilder builder, const std::string& text) {
  const auto tokenizer = make_tokenizer(builder.spec());
  std::size_t tokens = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto encoded = (*tokenizer)->encode(text, {});
    tokens = encoded->size();
    benchmark::DoNotOptimize(tokens);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.counters["tokens"] = static_cast<double>(tokens);
}

void decode_stream(benchmark::State& state, SpecBuilder builder, const std::string& text) {
  const auto tokenizer = make_tokenizer(builder.spec());
  const auto tokens = (*tokenizer)->encode(text, {});
  for ([[maybe_unused]] auto _ : state) {
    StreamingDetokenizer stream((*tokenizer)->vocabulary(), {});
    for (const TokenId token : *tokens) benchmark::DoNotOptimize(stream.push(token));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * tokens->size()));
}

std::string repeated(std::string_view unit) {
  std::string text;
  while (text.size() < kBytes) text += unit;
  return text;
}

BENCHMARK_CAPTURE(encode, gpt2_prose, byte_level("gpt-2"), prose())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, llama3_prose, byte_level("llama-bpe"), prose())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, qwen2_prose, byte_level("qwen2"), prose())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, default_prose, byte_level("default"), prose())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, sentencepiece_prose, sentencepiece(false), prose())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, sentencepiece_space_inside_prose, sentencepiece(true), prose())
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, wordpiece_prose, wordpiece(), prose())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, llama3_one_letter, byte_level("llama-bpe"), repeated("a"))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, llama3_spaces, byte_level("llama-bpe"), repeated(" "))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, sentencepiece_one_letter, sentencepiece(false), repeated("a"))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encode, wordpiece_one_letter, wordpiece(), repeated("a"))->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decode_stream, llama3_prose, byte_level("llama-bpe"), prose())
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::text
