// The seeds of model_fuzz: a model of every architecture, as small as it can be, in a few kilobytes.
#pragma once

#include <string>
#include <vector>

#include "app/synthetic/testing/request.h"

namespace peregrine::app::synthetic::testing {

struct Seed {
  std::string name;
  SpecRequest request;
};

inline std::vector<Seed> fuzz_seeds() {
  const auto seed = [](std::string name, std::string_view architecture, std::string_view type,
                       const SizeList& sizes) {
    // Heads, context and vocabulary are the same in all.
    SizeList all = {{"--layers", 2}, {"--heads", 2}, {"--vocabulary", 8}, {"--context", 16}};
    all.insert(all.end(), sizes.begin(), sizes.end());
    Seed made{std::move(name), request(architecture, type, all)};
    made.request.tokenizer = false;
    return made;
  };
  const SizeList narrow = {{"--width", 8}, {"--feed-forward", 12}};
  const SizeList narrow_grouped = {{"--width", 8}, {"--kv-heads", 1}, {"--feed-forward", 12}};
  // Rows of one block of 32.
  const auto blocks = [](std::uint32_t experts, std::uint32_t layers) {
    return SizeList{
        {"--width", 32},      {"--kv-heads", 1},     {"--feed-forward", 32},       {"--experts", experts},
        {"--layers", layers}, {"--experts-used", 2}, {"--expert-feed-forward", 32}};
  };
  const auto with = [](SizeList sizes, const SizeList& more) {
    sizes.insert(sizes.end(), more.begin(), more.end());
    return sizes;
  };
  const SizeList experts = {{"--experts", 4}, {"--expert-feed-forward", 8}};
  const SizeList latent = {{"--kv-rank", 8}, {"--query-rank", 8}};
  return {
      seed("llama-f32", "llama", "F32", narrow_grouped),
      seed("llama-experts-q4_0", "llama", "Q4_0", blocks(4, 1)),
      seed("llama-q4_k_m", "llama", "Q4_K_M",
           {{"--layers", 1}, {"--width", 256}, {"--head-dim", 4}, {"--kv-heads", 1}, {"--feed-forward", 8}}),
      seed("qwen2-f16", "qwen2", "F16", narrow_grouped),
      seed("qwen3-bf16", "qwen3", "BF16", narrow_grouped),
      seed("qwen3moe-iq4_nl", "qwen3moe", "IQ4_NL", blocks(3, 2)),
      seed("gemma2-f32", "gemma2", "F32", with(narrow_grouped, {{"--window", 2}})),
      seed("gpt-oss-mxfp4", "gpt-oss", "MXFP4", with(blocks(3, 2), {{"--window", 2}})),
      seed("llama4-f16", "llama4", "F16", with(with(narrow_grouped, experts), {{"--layers", 4}})),
      seed("deepseek2-f32", "deepseek2", "F32", with(with(narrow, experts), latent)),
      seed("bert-f32", "bert", "F32", narrow),
      seed("nomic-bert-f16", "nomic-bert", "F16", narrow),
  };
}

}  // namespace peregrine::app::synthetic::testing
