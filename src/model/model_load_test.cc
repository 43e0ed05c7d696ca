// Files that lie: one thing spoiled in a small good model of every architecture, and the error that names it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <system_error>

#include "base/memory_budget.h"
#include "base/utf8.h"
#include "model/model.h"
#include "model/testing/editable_model.h"
#include "model/testing/first_step.h"

namespace peregrine::model {
namespace {

using Editable = testing::EditableModel;
using tensor::DType;
using ::testing::HasSubstr;
using Edit = std::function<void(Editable&)>;

constexpr std::uint64_t kHuge = std::uint64_t{1} << 40;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

const std::filesystem::path kSeeds = PEREGRINE_SOURCE_DIR "/tests/fuzz/corpus/model_fuzz";

std::vector<std::string> seeds() {
  std::vector<std::string> names;
  std::error_code missing;  // no seeds: every row fails, and says so
  for (const auto& entry : std::filesystem::directory_iterator(kSeeds, missing)) {
    names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

Editable seed(const std::string& name) {
  return Editable(kSeeds / (name + ".gguf"));
}

// What came of a model: an error, or its first step's outputs.
struct Outcome {
  std::optional<Error> error;
  std::vector<float> outputs;
};

Outcome load_and_run(const Editable& model) {
  const std::vector<std::byte> bytes = model.bytes();
  const auto file = gguf::File::parse(bytes);
  if (!file) return {file.error(), {}};
  base::MemoryBudget budget(std::uint64_t{64} << 20);
  const auto backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
  const auto loaded = load_model(*file, *backend);
  if (!loaded) return {loaded.error(), {}};
  auto outputs = testing::first_step(**loaded, 5);
  if (!outputs) return {outputs.error(), {}};
  return {std::nullopt, std::move(*outputs)};
}

// Errors are shown to people: one line that no terminal acts on.
void expect_presentable(const Error& error) {
  const std::string text = error.text();
  EXPECT_TRUE(base::utf8_valid(text)) << text;
  EXPECT_TRUE(std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; })) << text;
  EXPECT_FALSE(error.message.empty());
}

Edit set(const char* key, Editable::Value value) {
  return [=](Editable& m) { m.set(key, value); };
}
Edit drop(const char* key) {
  return [=](Editable& m) { m.drop(key); };
}
Edit drop_tensor(const char* name) {
  return [=](Editable& m) { m.drop_tensor(name); };
}
Edit rename_tensor(const char* from, const char* to) {
  return [=](Editable& m) { m.tensor(from).name = to; };
}
Edit reshape(const char* name, std::vector<std::uint64_t> shape) {
  return [=](Editable& m) { m.tensor(name).shape = shape; };
}
Edit transpose(const char* name) {
  return [=](Editable& m) {
    auto& shape = m.tensor(name).shape;
    std::swap(shape[0], shape[1]);
  };
}
Edit retype(const char* name, DType type) {
  return [=](Editable& m) { m.tensor(name).type = type; };
}
Edit add_tensor(const char* name, DType type, std::vector<std::uint64_t> shape) {
  return [=](Editable& m) { m.tensors.push_back({name, type, shape, {}}); };
}
Edit copy_tensor(const char* from, const char* to) {
  return [=](Editable& m) {
    Editable::Tensor copy = m.tensor(from);
    copy.name = to;
    m.tensors.push_back(std::move(copy));
  };
}
// Another architecture's name, over keys as well: what a converter that mistook the family would write.
Edit become(const char* architecture) {
  return [=](Editable& m) {
    const std::string before = m.architecture() + ".";
    for (Editable::Key& key : m.keys) {
      if (key.name.starts_with(before)) key.name = architecture + ("." + key.name.substr(before.size()));
    }
    m.set("general.architecture", architecture);
  };
}
Edit both(Edit first, Edit second) {
  return [=](Editable& m) {
    first(m);
    second(m);
  };
}

struct Row {
  const char* model;
  const char* what;
  Edit edit;
  ErrorCode code;
  const char* where;    // ".key" is of the architecture
  const char* message;  // a part of it
};

constexpr ErrorCode kCorrupt = ErrorCode::kCorrupt;
constexpr ErrorCode kMissing = ErrorCode::kNotFound;
constexpr ErrorCode kUnfit = ErrorCode::kInvalidArgument;  // a value of another type, or too large for it
constexpr ErrorCode kUnsupported = ErrorCode::kUnsupported;

const std::vector<Row> kNamesAndKeys = {
    {"llama-f32", "no architecture", drop("general.architecture"), kMissing, "general.architecture", ""},
    {"llama-f32", "unknown architecture", set("general.architecture", "mamba"), kUnsupported,
     "general.architecture", "'mamba' is not supported; known: llama, qwen2"},
    {"llama-f32", "architecture that is a number", set("general.architecture", 7U), kUnfit,
     "general.architecture", ""},
    {"llama-f32", "architecture that drives terminals", set("general.architecture", "\x1b[2J\xff\n"),
     kUnsupported, "general.architecture", "is not supported"},
    {"llama-f32", "name that is a number", set("general.name", 7U), kUnfit, "general.name", ""},
    {"llama-f32", "keys of another architecture", set("general.architecture", "qwen3"), kMissing,
     "qwen3.context_length", ""},
    {"llama-f32", "no context", drop(".context_length"), kMissing, ".context_length", ""},
    {"llama-f32", "context of 0", set(".context_length", 0U), kCorrupt, ".context_length",
     "is 0, expected 1"},
    {"llama-f32", "context of 2^32 - 1", set(".context_length", 0xFFFFFFFFU), kCorrupt, ".context_length",
     "expected 1 to 16777216"},
    {"llama-f32", "context of 2^40", set(".context_length", kHuge), kUnfit, ".context_length", ""},
    {"llama-f32", "no width", drop(".embedding_length"), kMissing, ".embedding_length", ""},
    {"llama-f32", "width of 0", set(".embedding_length", 0U), kCorrupt, ".embedding_length", "is 0"},
    {"llama-f32", "width of 2^32 - 1", set(".embedding_length", 0xFFFFFFFFU), kCorrupt, ".embedding_length",
     "expected 1 to"},
    {"llama-f32", "another width", set(".embedding_length", 16U), kCorrupt, "blk.0.attn_norm.weight",
     "has shape [8], expected [16]"},
    {"llama-f32", "no layers' number", drop(".block_count"), kMissing, ".block_count", ""},
    {"llama-f32", "0 layers", set(".block_count", 0U), kCorrupt, ".block_count", "is 0, expected 1 to 1024"},
    {"llama-f32", "2^40 layers", set(".block_count", kHuge), kUnfit, ".block_count", ""},
    {"llama-f32", "a layer too many", set(".block_count", 3U), kMissing, "blk.2.attn_norm.weight", ""},
    {"llama-f32", "a layer too few", set(".block_count", 1U), kUnsupported, "blk.1.attn_norm.weight",
     "a llama model of this shape has no such tensor"},
    {"llama-f32", "no feed-forward width", drop(".feed_forward_length"), kMissing, ".feed_forward_length",
     ""},
    {"llama-f32", "feed-forward width of 0", set(".feed_forward_length", 0U), kCorrupt,
     ".feed_forward_length", "is 0"},
    {"llama-f32", "another feed-forward width", set(".feed_forward_length", 24U), kCorrupt,
     "blk.0.ffn_gate.weight", "has shape [8, 12], expected [8, 24]"},
    {"llama-f32", "feed-forward width that is text", set(".feed_forward_length", "wide"), kUnfit,
     ".feed_forward_length", ""},
};

const std::vector<Row> kAttentionKeys = {
    {"llama-f32", "no heads' number", drop(".attention.head_count"), kMissing, ".attention.head_count", ""},
    {"llama-f32", "0 heads", set(".attention.head_count", 0U), kCorrupt, ".attention.head_count",
     "is 0, expected 1 to 1024"},
    {"llama-f32", "2^31 heads", set(".attention.head_count", 1U << 31), kCorrupt, ".attention.head_count",
     "expected 1 to 1024"},
    {"llama-f32", "2^40 heads", set(".attention.head_count", kHuge), kUnfit, ".attention.head_count", ""},
    {"llama-f32", "half a head", set(".attention.head_count", 0.5F), kUnfit, ".attention.head_count", ""},
    {"llama-f32", "more heads", set(".attention.head_count", 3U), kCorrupt, "blk.0.attn_q.weight",
     "expected [8, 12]"},
    {"llama-f32", "heads that do not divide the width",
     both(set(".attention.head_count", 3U), drop(".attention.key_length")), kCorrupt, ".attention.head_count",
     "3 does not divide the width 8"},
    {"llama-f32", "more heads than width",
     both(set(".attention.head_count", 16U), drop(".attention.key_length")), kCorrupt,
     ".attention.head_count", "does not divide"},
    {"llama-f32", "0 key/value heads", set(".attention.head_count_kv", 0U), kCorrupt,
     ".attention.head_count_kv", "is 0"},
    {"llama-f32", "key/value heads that do not divide", set(".attention.head_count_kv", 4U), kCorrupt,
     ".attention.head_count_kv", "2 query heads cannot share 4"},
    {"llama-f32", "key/value heads by default", drop(".attention.head_count_kv"), kCorrupt,
     "blk.0.attn_k.weight", "has shape [8, 4], expected [8, 8]"},
    {"llama-f32", "heads of width 0", set(".attention.key_length", 0U), kCorrupt, ".attention.key_length",
     "is 0"},
    {"llama-f32", "heads of width 2^30", set(".attention.key_length", 1U << 30), kCorrupt,
     ".attention.key_length", "expected 1 to 1024"},
    {"llama-f32", "values of width 0", set(".attention.value_length", 0U), kCorrupt,
     ".attention.value_length", "is 0"},
    {"llama-f32", "wider values", set(".attention.value_length", 8U), kCorrupt, "blk.0.attn_v.weight",
     "expected [8, 8]"},
    {"llama-f32", "rotation of an odd number", set(".rope.dimension_count", 3U), kCorrupt,
     ".rope.dimension_count", "is 3, expected an even number of at most the head size 4"},
    {"llama-f32", "rotation beyond the head", set(".rope.dimension_count", 6U), kCorrupt,
     ".rope.dimension_count", "is 6"},
    {"llama-f32", "rotation by base 0", set(".rope.freq_base", 0.0F), kCorrupt, ".rope.freq_base",
     "positive"},
    {"llama-f32", "rotation by base 1/2", set(".rope.freq_base", 0.5F), kCorrupt, ".rope.freq_base",
     "at least 1"},
    {"llama-f32", "rotation by no number", set(".rope.freq_base", kNan), kCorrupt, ".rope.freq_base", ""},
    {"llama-f32", "unknown scaling", set(".rope.scaling.type", "long\x1brope"), kUnsupported,
     ".rope.scaling.type", "supported: none, linear, yarn"},
    {"llama-f32", "scaling without a factor", set(".rope.scaling.type", "linear"), kCorrupt,
     ".rope.scaling.factor", "is missing"},
    {"llama-f32", "scaling by 0",
     both(set(".rope.scaling.type", "linear"), set(".rope.scaling.factor", 0.0F)), kCorrupt,
     ".rope.scaling.factor", "positive"},
    {"llama-f32", "scaling by almost 0",
     both(set(".rope.scaling.type", "linear"), set(".rope.scaling.factor", 1e-42F)), kCorrupt,
     ".rope.scaling.factor", ""},
    {"llama-f32", "yarn without its context",
     both(set(".rope.scaling.type", "yarn"), set(".rope.scaling.factor", 4.0F)), kMissing,
     ".rope.scaling.original_context_length", ""},
    {"llama-f32", "no epsilon", drop(".attention.layer_norm_rms_epsilon"), kMissing,
     ".attention.layer_norm_rms_epsilon", ""},
    {"llama-f32", "epsilon below 0", set(".attention.layer_norm_rms_epsilon", -1e-5F), kCorrupt,
     ".attention.layer_norm_rms_epsilon", "at least 0"},
    {"llama-f32", "endless epsilon", set(".attention.layer_norm_rms_epsilon", kInfinity), kCorrupt,
     ".attention.layer_norm_rms_epsilon", "finite"},
};

const std::vector<Row> kTensors = {
    {"llama-f32", "embeddings that are a vector", reshape("token_embd.weight", {64}), kCorrupt,
     "token_embd.weight", "no such matrix"},
    {"llama-f32", "embeddings in three dimensions", reshape("token_embd.weight", {8, 4, 2}), kCorrupt,
     "token_embd.weight", "has shape [8, 4, 2]"},
    {"llama-f32", "narrower embeddings", reshape("token_embd.weight", {4, 8}), kCorrupt, "token_embd.weight",
     "expected [8, 8]"},
    {"llama-f32", "another vocabulary of the output", reshape("output.weight", {8, 9}), kCorrupt,
     "output.weight", "has shape [8, 9], expected [8, 8]"},
    {"llama-f32", "a transposed matrix", transpose("blk.1.ffn_down.weight"), kCorrupt,
     "blk.1.ffn_down.weight", "has shape [8, 12], expected [12, 8]"},
    {"llama-f32", "a matrix with its rows in one", reshape("blk.0.attn_k.weight", {32}), kCorrupt,
     "blk.0.attn_k.weight", "has shape [32], expected [8, 4]"},
    {"llama-f32", "a norm that is a matrix", reshape("blk.0.attn_norm.weight", {8, 2}), kCorrupt,
     "blk.0.attn_norm.weight", "has shape [8, 2], expected [8]"},
    {"llama-f32", "a misspelt tensor", rename_tensor("blk.0.attn_q.weight", "blk.0.attention_q.weight"),
     kMissing, "blk.0.attn_q.weight", "no such tensor"},
    {"llama-f32", "a matrix of integers", retype("blk.0.attn_q.weight", DType::kI32), kUnsupported,
     "blk.0.attn_q.weight", "type I32"},
    {"llama-f32", "a matrix of doubles", retype("output.weight", DType::kF64), kUnsupported, "output.weight",
     "type F64"},
    {"llama-f32", "rope factors of another number", add_tensor("rope_freqs.weight", DType::kF32, {3}),
     kCorrupt, "rope_freqs.weight", "expected 2 values of F32"},
    {"llama-f32", "rope factors in half precision", add_tensor("rope_freqs.weight", DType::kF16, {2}),
     kCorrupt, "rope_freqs.weight", "expected 2 values of F32"},
    {"llama-f32", "rope factors of 0", add_tensor("rope_freqs.weight", DType::kF32, {2}), kCorrupt,
     "rope_freqs.weight", "positive and finite"},
    {"llama-f32", "a router among dense layers", add_tensor("blk.0.ffn_gate_inp.weight", DType::kF32, {8, 4}),
     kUnsupported, "blk.0.ffn_gate_inp.weight", "no such tensor"},
    {"llama-f32", "a tensor that nobody knows", add_tensor("adapter\x1b.weight", DType::kF32, {8}),
     kUnsupported, "adapter\\x1b.weight", "no such tensor"},
    {"llama-experts-q4_0", "experts without their number", drop(".expert_count"), kMissing,
     "blk.0.ffn_gate.weight", ""},
    {"llama-experts-q4_0", "2^40 experts", set(".expert_count", kHuge), kUnfit, ".expert_count", ""},
    {"llama-experts-q4_0", "2^31 experts", set(".expert_count", 1U << 31), kCorrupt, ".expert_count",
     "expected 0 to 4096"},
    {"llama-experts-q4_0", "fewer experts than the tensors have", set(".expert_count", 3U), kCorrupt,
     "blk.0.ffn_gate_inp.weight", "expected [32, 3]"},
    {"llama-experts-q4_0", "no experts used", set(".expert_used_count", 0U), kCorrupt, ".expert_used_count",
     "is 0, expected 1 to 4"},
    {"llama-experts-q4_0", "more experts used than there are", set(".expert_used_count", 5U), kCorrupt,
     ".expert_used_count", "is 5, expected 1 to 4"},
    {"llama-experts-q4_0", "nobody says how many are used", drop(".expert_used_count"), kMissing,
     ".expert_used_count", ""},
    {"llama-experts-q4_0", "experts of width 0", set(".expert_feed_forward_length", 0U), kCorrupt,
     ".expert_feed_forward_length", "is 0"},
    {"llama-experts-q4_0", "experts of another width", set(".expert_feed_forward_length", 64U), kCorrupt,
     "blk.0.ffn_gate_exps.weight", "expected [32, 64, 4]"},
    {"llama-experts-q4_0", "experts in one matrix", reshape("blk.0.ffn_up_exps.weight", {32, 128}), kCorrupt,
     "blk.0.ffn_up_exps.weight", "expected [32, 32, 4]"},
    {"llama-experts-q4_0", "a bias for other experts",
     add_tensor("blk.0.ffn_up_exps.bias", DType::kF32, {32, 3}), kCorrupt, "blk.0.ffn_up_exps.bias",
     "expected [32, 4]"},
    {"llama-q4_k_m", "a matrix of another block format", retype("blk.0.attn_q.weight", DType::kI8),
     kUnsupported, "blk.0.attn_q.weight", "type I8"},
    {"llama-q4_k_m", "quantised rows of another width", reshape("blk.0.attn_q.weight", {512, 8}), kCorrupt,
     "blk.0.attn_q.weight", "expected [256, 8]"},
};

const std::vector<Row> kArchitectures = {
    {"qwen2-f16", "no query bias", drop_tensor("blk.1.attn_q.bias"), kMissing, "blk.1.attn_q.bias", ""},
    {"qwen2-f16", "a bias of another size", reshape("blk.0.attn_k.bias", {8}), kCorrupt, "blk.0.attn_k.bias",
     "expected [4]"},
    {"qwen2-f16", "called qwen3", become("qwen3"), kMissing, "blk.0.attn_q_norm.weight", ""},
    {"qwen3-bf16", "no norm of queries", drop_tensor("blk.0.attn_q_norm.weight"), kMissing,
     "blk.0.attn_q_norm.weight", ""},
    {"qwen3-bf16", "a norm of keys over all heads", reshape("blk.0.attn_k_norm.weight", {8}), kCorrupt,
     "blk.0.attn_k_norm.weight", "expected [4]"},
    {"qwen3-bf16", "called qwen2", become("qwen2"), kMissing, "blk.0.attn_q.bias", ""},
    {"qwen3-bf16", "called gemma2", become("gemma2"), kMissing, ".attention.sliding_window", ""},
    {"qwen3moe-iq4_nl", "no experts", set(".expert_count", 0U), kMissing, "blk.0.ffn_gate.weight", ""},
    {"qwen3moe-iq4_nl", "no router", drop_tensor("blk.1.ffn_gate_inp.weight"), kMissing,
     "blk.1.ffn_gate_inp.weight", ""},
    {"qwen3moe-iq4_nl", "experts as text", set(".expert_count", "four"), kUnfit, ".expert_count", ""},
    {"gemma2-f32", "no window", drop(".attention.sliding_window"), kMissing, ".attention.sliding_window", ""},
    {"gemma2-f32", "a window of 0", set(".attention.sliding_window", 0U), kCorrupt,
     ".attention.sliding_window", "is 0"},
    {"gemma2-f32", "scores capped at 0", set(".attn_logit_softcapping", 0.0F), kCorrupt,
     ".attn_logit_softcapping", "positive"},
    {"gemma2-f32", "logits capped at no number", set(".final_logit_softcapping", kNan), kCorrupt,
     ".final_logit_softcapping", "positive"},
    {"gemma2-f32", "no norm after the feed-forward", drop_tensor("blk.1.post_ffw_norm.weight"), kMissing,
     "blk.1.post_ffw_norm.weight", ""},
    {"gemma2-f32", "called llama", become("llama"), kUnsupported, "blk.0.post_attention_norm.weight",
     "a llama model of this shape has no such tensor"},
    {"gpt-oss-mxfp4", "0 experts", set(".expert_count", 0U), kCorrupt, ".expert_count", "at least 1"},
    {"gpt-oss-mxfp4", "no sinks", drop_tensor("blk.1.attn_sinks.weight"), kMissing, "blk.1.attn_sinks.weight",
     ""},
    {"gpt-oss-mxfp4", "sinks for other heads", reshape("blk.0.attn_sinks.weight", {4}), kCorrupt,
     "blk.0.attn_sinks.weight", "expected [2]"},
    {"gpt-oss-mxfp4", "no bias of the output", drop_tensor("blk.0.attn_output.bias"), kMissing,
     "blk.0.attn_output.bias", ""},
    {"gpt-oss-mxfp4", "no bias of the router", drop_tensor("blk.0.ffn_gate_inp.bias"), kMissing,
     "blk.0.ffn_gate_inp.bias", ""},
    {"gpt-oss-mxfp4", "no bias of the experts", drop_tensor("blk.0.ffn_down_exps.bias"), kMissing,
     "blk.0.ffn_down_exps.bias", ""},
    {"gpt-oss-mxfp4", "no window", drop(".attention.sliding_window"), kMissing, ".attention.sliding_window",
     ""},
    {"gpt-oss-mxfp4", "yarn for a context of 0", set(".rope.scaling.original_context_length", 0U), kCorrupt,
     ".rope.scaling.original_context_length", "is 0"},
    {"llama4-f16", "no experts' number", drop(".expert_count"), kCorrupt, ".expert_count", "at least 1"},
    {"llama4-f16", "a step of 0", set(".interleave_moe_layer_step", 0U), kCorrupt,
     ".interleave_moe_layer_step", "is 0"},
    {"llama4-f16", "experts in every layer", set(".interleave_moe_layer_step", 1U), kMissing,
     "blk.0.ffn_gate_inp.weight", ""},
    {"llama4-f16", "no shared expert", drop_tensor("blk.1.ffn_up_shexp.weight"), kMissing,
     "blk.1.ffn_up_shexp.weight", ""},
    {"llama4-f16", "called llama", become("llama"), kMissing, "blk.0.ffn_gate_inp.weight", ""},
    {"deepseek2-f32", "no latent", drop(".attention.kv_lora_rank"), kMissing, ".attention.kv_lora_rank", ""},
    {"deepseek2-f32", "a latent of 0", set(".attention.kv_lora_rank", 0U), kCorrupt,
     ".attention.kv_lora_rank", "is 0"},
    {"deepseek2-f32", "a latent of 2^31", set(".attention.kv_lora_rank", 1U << 31), kCorrupt,
     ".attention.kv_lora_rank", "expected 1 to 1024"},
    {"deepseek2-f32", "keys that are rotated as a whole", set(".attention.key_length_mla", 2U), kCorrupt,
     ".attention.key_length_mla", "not above the 2 rotated"},
    {"deepseek2-f32", "keys that do not fit the latent", set(".attention.key_length", 12U), kCorrupt,
     ".attention.key_length", "is 12, expected the latent's 8 and 2 rotated"},
    {"deepseek2-f32", "queries without a rank", set(".attention.q_lora_rank", 0U), kMissing,
     "blk.0.attn_q.weight", ""},
    {"deepseek2-f32", "transposed values", transpose("blk.0.attn_v_b.weight"), kCorrupt,
     "blk.0.attn_v_b.weight", "expected [8, 4, 2]"},
    {"deepseek2-f32", "an unknown gate", set(".expert_gating_func", 3U), kCorrupt, ".expert_gating_func",
     "is 3, expected 1 to 2"},
    {"deepseek2-f32", "groups that do not divide", set(".expert_group_count", 3U), kCorrupt,
     ".expert_group_count", "3 groups do not divide 4 experts"},
    {"deepseek2-f32", "more groups than experts", set(".expert_group_count", 8U), kCorrupt,
     ".expert_group_count", "is 8"},
    {"deepseek2-f32", "too few groups used",
     both(set(".expert_group_count", 4U), set(".expert_group_used_count", 1U)), kCorrupt,
     ".expert_group_used_count", "leaves fewer than 2 experts"},
    {"deepseek2-f32", "weights scaled by 0", set(".expert_weights_scale", 0.0F), kCorrupt,
     ".expert_weights_scale", "positive"},
    {"deepseek2-f32", "normalised by a number", set(".expert_weights_norm", 1U), kUnfit,
     ".expert_weights_norm", ""},
    {"deepseek2-f32", "all layers dense", set(".leading_dense_block_count", 2U), kMissing,
     "blk.1.ffn_gate.weight", ""},
    {"deepseek2-f32", "more dense layers than layers", set(".leading_dense_block_count", 1U << 31), kCorrupt,
     ".leading_dense_block_count", "expected 0 to 2"},
    {"deepseek2-f32", "2^31 shared experts", set(".expert_shared_count", 1U << 31), kCorrupt,
     ".expert_shared_count", "expected 0 to 4096"},
    {"deepseek2-f32", "no shared experts", set(".expert_shared_count", 0U), kUnsupported,
     "blk.1.ffn_gate_shexp.weight", "no such tensor"},
    {"bert-f32", "heads that do not divide the width", set(".attention.head_count", 3U), kCorrupt,
     ".attention.head_count", "3 does not divide the width 8"},
    {"bert-f32", "shared keys", set(".attention.head_count_kv", 1U), kCorrupt, ".attention.head_count_kv",
     "fill its width"},
    {"bert-f32", "a reranker without its classifier", set(".pooling_type", 4U), kMissing, "cls.output.weight",
     ""},
    {"bert-f32", "a classifier of no reranker", add_tensor("cls.output.weight", DType::kF32, {8, 1}),
     kUnsupported, "cls.output.weight", "no such tensor"},
    {"bert-f32", "a reranker with two labels",
     both(set(".pooling_type", 4U), add_tensor("cls.output.weight", DType::kF32, {8, 2})), kCorrupt,
     "cls.output.weight", "expected [8, 1]"},
    {"bert-f32", "a classifier narrower than the model",
     both(set(".pooling_type", 4U), add_tensor("cls.weight", DType::kF32, {8, 4})), kCorrupt, "cls.weight",
     "expected [8, 8]"},
    {"bert-f32", "unknown pooling", set(".pooling_type", 9U), kCorrupt, ".pooling_type", "is 9"},
    {"bert-f32", "no positions", drop_tensor("position_embd.weight"), kMissing, "position_embd.weight", ""},
    {"bert-f32", "positions for another context", set(".context_length", 17U), kCorrupt,
     "position_embd.weight", "expected [8, 17]"},
    {"bert-f32", "a thousand types of tokens", reshape("token_types.weight", {8, 1000}), kCorrupt,
     "token_types.weight", "1000"},
    {"bert-f32", "no bias", drop_tensor("blk.0.attn_k.bias"), kMissing, "blk.0.attn_k.bias", ""},
    {"bert-f32", "no bias of a norm", drop_tensor("token_embd_norm.bias"), kMissing, "token_embd_norm.bias",
     ""},
    {"bert-f32", "called nomic-bert", become("nomic-bert"), kMissing, "blk.0.ffn_gate.weight", ""},
    {"nomic-bert-f16", "no gate", drop_tensor("blk.1.ffn_gate.weight"), kMissing, "blk.1.ffn_gate.weight",
     ""},
    {"nomic-bert-f16", "no projections", drop_tensor("blk.0.attn_qkv.weight"), kMissing,
     "blk.0.attn_q.weight", ""},
    {"nomic-bert-f16", "queries alone in the fused projection", reshape("blk.0.attn_qkv.weight", {8, 8}),
     kCorrupt, "blk.0.attn_qkv.weight", "expected [8, 24]"},
    {"nomic-bert-f16", "fused and separate at once",
     copy_tensor("blk.0.attn_output.weight", "blk.0.attn_q.weight"), kUnsupported, "blk.0.attn_q.weight",
     "no such tensor"},
    {"nomic-bert-f16", "learned positions", add_tensor("position_embd.weight", DType::kF32, {8, 16}),
     kUnsupported, "position_embd.weight", "no such tensor"},
};

void check_row(const Row& row) {
  SCOPED_TRACE(std::string(row.model) + ": " + row.what);
  Editable model = seed(row.model);
  row.edit(model);
  std::string where = row.where;
  if (where.starts_with('.')) where = model.full_name(where);
  const Outcome outcome = load_and_run(model);
  if (!outcome.error) {
    ADD_FAILURE() << "was accepted";
    return;
  }
  EXPECT_EQ(outcome.error->where, where) << outcome.error->text();
  EXPECT_EQ(outcome.error->code, row.code) << outcome.error->text();
  EXPECT_THAT(outcome.error->message, HasSubstr(row.message));
  expect_presentable(*outcome.error);
}

TEST(ModelLoad, NamesWhatIsWrong) {
  std::set<std::string> used;
  for (const auto& part : {kNamesAndKeys, kAttentionKeys, kTensors, kArchitectures}) {
    for (const Row& row : part) {
      check_row(row);
      used.insert(row.model);
    }
  }
  EXPECT_EQ(used.size(), seeds().size()) << "every seed has its rows";
}

class EverySeed : public ::testing::TestWithParam<std::string> {
 protected:
  Editable good_ = seed(GetParam());
};

TEST_P(EverySeed, LoadsAndComputesNumbers) {
  const Outcome outcome = load_and_run(good_);
  ASSERT_FALSE(outcome.error) << outcome.error->text();
  ASSERT_FALSE(outcome.outputs.empty());
  for (const float x : outcome.outputs) ASSERT_TRUE(std::isfinite(x));
}

TEST_P(EverySeed, MissesEveryTensor) {
  // Tied embeddings, and what some models of the family do without.
  const std::set<std::string> optional = {"output.weight", "exp_probs_b.bias", "token_types.weight"};
  for (const Editable::Tensor& tensor : good_.tensors) {
    const std::string part = tensor.name.starts_with("blk.") ? tensor.name.substr(6) : tensor.name;
    if (optional.contains(part)) continue;
    Editable model = good_;
    model.drop_tensor(tensor.name);
    const Outcome outcome = load_and_run(model);
    ASSERT_TRUE(outcome.error) << "without " << tensor.name;
    // Fused projections may stand apart: the first of them is missed.
    const std::string missed =
        part == "attn_qkv.weight" ? tensor.name.substr(0, 6) + "attn_q.weight" : tensor.name;
    EXPECT_EQ(outcome.error->where, missed) << outcome.error->text();
  }
}

TEST_P(EverySeed, MeasuresEveryTensor) {
  // Their last dimension is what says how many there are.
  const std::set<std::string> counts = {"token_embd.weight", "token_types.weight"};
  for (const Editable::Tensor& tensor : good_.tensors) {
    for (std::size_t dim = 0; dim < tensor.shape.size(); ++dim) {
      if (dim + 1 == tensor.shape.size() && counts.contains(tensor.name)) continue;
      Editable model = good_;
      auto& shape = model.tensor(tensor.name).shape;
      shape[dim] += dim == 0 ? tensor::traits(tensor.type).block_elements : 1;
      const Outcome outcome = load_and_run(model);
      ASSERT_TRUE(outcome.error) << tensor.name << ", dimension " << dim;
      EXPECT_EQ(outcome.error->where, tensor.name) << outcome.error->text();
      EXPECT_EQ(outcome.error->code, kCorrupt) << outcome.error->text();
    }
  }
}

TEST_P(EverySeed, SurvivesAnyValueOfAnyKey) {
  const std::vector<Editable::Value> values = {
      0U,   1U,     2U,    7U,   1U << 20, 0xFFFFFFFFU, kHuge,         -1.0F,
      0.0F, 1e-42F, 3e38F, kNan, true,     false,       std::string(), std::string("\x1b[2J")};
  for (const Editable::Key& key : good_.keys) {
    for (const Editable::Value& value : values) {
      Editable model = good_;
      model.set(key.name, value);
      const Outcome outcome = load_and_run(model);
      if (!outcome.error) continue;  // a value like another
      expect_presentable(*outcome.error);
      EXPECT_FALSE(outcome.error->where.empty()) << key.name << ": " << outcome.error->text();
    }
    Editable without = good_;
    without.drop(key.name);
    const Outcome outcome = load_and_run(without);
    if (outcome.error) {
      expect_presentable(*outcome.error);
      EXPECT_FALSE(outcome.error->where.empty()) << key.name << ": " << outcome.error->text();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, EverySeed, ::testing::ValuesIn(seeds()), [](const auto& param) {
  std::string name = param.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

// Layers of an encoder may differ in how their projections are stored; what they compute does not.
TEST(ModelLoad, TakesFusedAndSeparateProjectionsInOneModel) {
  const Editable fused = seed("nomic-bert-f16");
  Editable mixed = fused;
  const Editable::Tensor qkv = mixed.tensor("blk.0.attn_qkv.weight");
  mixed.drop_tensor(qkv.name);
  for (std::size_t part = 0; part < 3; ++part) {
    Editable::Tensor one = qkv;
    one.name = std::string("blk.0.attn_") + "qkv"[part] + ".weight";
    one.shape[1] /= 3;
    const std::size_t bytes = qkv.data.size() / 3;
    one.data.assign(qkv.data.begin() + static_cast<std::ptrdiff_t>(part * bytes),
                    qkv.data.begin() + static_cast<std::ptrdiff_t>((part + 1) * bytes));
    mixed.tensors.push_back(std::move(one));
  }
  const Outcome expected = load_and_run(fused);
  const Outcome outcome = load_and_run(mixed);
  ASSERT_FALSE(outcome.error) << outcome.error->text();
  EXPECT_EQ(outcome.outputs, expected.outputs);
}

// The classifier of a reranker: over each row's state, a layer with tanh if there is one, then a logit.
TEST(ModelLoad, ScoresAreWhatTheClassifierSaysOfAState) {
  constexpr std::size_t kWidth = 8;
  const Outcome states = load_and_run(seed("bert-f32"));
  ASSERT_FALSE(states.error);
  const auto value = [](std::size_t i) { return 0.37F * static_cast<float>((i * 7 + 3) % 11) - 1.8F; };
  const auto add = [&](Editable& model, const char* name, std::vector<std::uint64_t> shape) {
    std::vector<float> values(shape[0] * (shape.size() > 1 ? shape[1] : 1));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = value(i + shape.size());
    const auto bytes = std::as_bytes(std::span(values));
    model.tensors.push_back({name, DType::kF32, std::move(shape), {bytes.begin(), bytes.end()}});
  };
  for (const bool hidden : {false, true}) {
    Editable model = seed("bert-f32");
    model.set(".pooling_type", 4U);
    if (hidden) {
      add(model, "cls.weight", {kWidth, kWidth});
      add(model, "cls.bias", {kWidth});
    }
    add(model, "cls.output.weight", {kWidth, 1});
    add(model, "cls.output.bias", {1});
    const Outcome scores = load_and_run(model);
    ASSERT_FALSE(scores.error) << scores.error->text();
    ASSERT_EQ(scores.outputs.size() * kWidth, states.outputs.size());
    for (std::size_t row = 0; row < scores.outputs.size(); ++row) {
      const float* state = states.outputs.data() + row * kWidth;
      double logit = value(1);
      for (std::size_t o = 0; o < kWidth; ++o) {
        double unit = value(o + 1);
        for (std::size_t i = 0; i < kWidth; ++i) {
          unit += static_cast<double>(value(o * kWidth + i + 2)) * static_cast<double>(state[i]);
        }
        logit +=
            static_cast<double>(value(o + 2)) * (hidden ? std::tanh(unit) : static_cast<double>(state[o]));
      }
      EXPECT_NEAR(scores.outputs[row], logit, 1e-4) << "row " << row << ", hidden layer: " << hidden;
    }
  }
}

}  // namespace
}  // namespace peregrine::model
