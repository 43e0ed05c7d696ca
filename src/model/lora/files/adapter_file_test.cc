// Adapter files of both formats: what they become, and tables of those that are refused.
#include "model/lora/files/adapter_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/peft_config.h"
#include "model/lora/files/safetensors.h"
#include "model/lora/files/testing/adapter_parts.h"
#include "model/lora/files/zip.h"
#include "tensor/half.h"

namespace peregrine::model {
namespace {

namespace bj = boost::json;
using testing::as_bytes;
using ::testing::HasSubstr;
using testing::le;
using testing::make_safetensors;
using testing::make_zip;
using testing::ZipMember;

bj::array read_table(const std::string& name) {
  std::ifstream in(std::string(PEREGRINE_SOURCE_DIR) + "/tests/adapters/" + name);
  EXPECT_TRUE(in) << name;
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return bj::parse(text).as_array();
}

std::string text_of(const bj::value& value) {
  return std::string(value.as_string());
}

// A refusal that says what the row expects, in words that can be shown.
template <class T>
void expect_refusal(const Result<T>& result, const bj::object& row) {
  ASSERT_FALSE(result.has_value());
  EXPECT_THAT(result.error().text(), HasSubstr(text_of(row.at("message"))));
  EXPECT_TRUE(base::utf8_valid(result.error().text()));
  EXPECT_LT(result.error().text().size(), 1000U);
}

constexpr std::string_view kGoodConfig = R"({
  "alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "org/base", "bias": "none",
  "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true, "layer_replication": null,
  "layers_pattern": null, "layers_to_transform": null, "loftq_config": {}, "lora_alpha": 16,
  "lora_dropout": 0.05, "megatron_config": null, "megatron_core": "megatron.core", "modules_to_save": null,
  "peft_type": "LORA", "r": 8, "rank_pattern": {}, "revision": null,
  "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM", "use_dora": false, "use_rslora": false})";

TEST(PeftConfig, SaysRankScaleAndTargets) {
  const auto config = parse_peft_config(kGoodConfig);
  ASSERT_TRUE(config) << config.error().text();
  EXPECT_EQ(config->rank, 8U);
  EXPECT_EQ(config->scale, 2.0F);
  EXPECT_EQ(config->target_modules, (std::vector<std::string>{"q_proj", "v_proj"}));
  bj::object stable = bj::parse(kGoodConfig).as_object();
  stable["use_rslora"] = true;
  stable["r"] = 16;
  EXPECT_EQ(parse_peft_config(bj::serialize(stable))->scale, 4.0F);
}

TEST(PeftConfig, RefusesWhatItDoesNotDo) {
  const bj::array rows = read_table("bad_configs.json");
  EXPECT_GT(rows.size(), 20U);
  for (const bj::value& value : rows) {
    const bj::object& row = value.as_object();
    SCOPED_TRACE(text_of(row.at("name")));
    std::string text;
    if (const bj::value* raw = row.if_contains("text")) {
      text = text_of(*raw);
    } else {
      bj::object config = bj::parse(kGoodConfig).as_object();
      if (const bj::value* set = row.if_contains("set")) {
        for (const auto& [key, member] : set->as_object()) config[key] = member;
      }
      if (const bj::value* omit = row.if_contains("omit")) config.erase(std::string_view(omit->as_string()));
      text = bj::serialize(config);
    }
    expect_refusal(parse_peft_config(text), row);
  }
}

TEST(Safetensors, GivesTensorsInTheDatasOrder) {
  const std::string header =
      R"({"__metadata__":{"format":"pt"},"b":{"dtype":"F16","shape":[2,1],"data_offsets":[8,12]},)"
      R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
      R"("c":{"dtype":"BF16","shape":[1,3],"data_offsets":[12,18]}})";
  const std::string file = make_safetensors(header + "  ", std::string(18, '\1'));
  const auto tensors = parse_safetensors(as_bytes(file));
  ASSERT_TRUE(tensors) << tensors.error().text();
  ASSERT_EQ(tensors->size(), 3U);
  EXPECT_EQ((*tensors)[0].name, "a");
  EXPECT_EQ((*tensors)[0].columns, 2U);
  EXPECT_EQ((*tensors)[1].name, "b");
  EXPECT_EQ((*tensors)[1].rows, 2U);
  EXPECT_EQ((*tensors)[2].type, tensor::DType::kBF16);
  EXPECT_EQ((*tensors)[2].data.size(), 6U);
}

TEST(Safetensors, RefusesFilesThatLie) {
  const bj::array rows = read_table("bad_safetensors.json");
  EXPECT_GT(rows.size(), 20U);
  for (const bj::value& value : rows) {
    const bj::object& row = value.as_object();
    SCOPED_TRACE(text_of(row.at("name")));
    const bj::value& header = row.at("header");
    const std::string text = header.is_string() ? text_of(header) : bj::serialize(header);
    const auto data = row.if_contains("data") ? row.at("data").to_number<std::size_t>() : 8;
    std::string file = make_safetensors(text, std::string(data, '\0'));
    if (const bj::value* length = row.if_contains("length")) {
      file.replace(0, 8, le(length->to_number<std::uint64_t>()));
    }
    if (const bj::value* keep = row.if_contains("keep")) file.resize(keep->to_number<std::size_t>());
    expect_refusal(parse_safetensors(as_bytes(file)), row);
  }
}

TEST(Safetensors, HasALimitOfTensors) {
  std::string header = "{";
  for (std::size_t i = 0; i <= kMaxAdapterTensors; ++i) {
    header += fmt::format(R"({}"{}":{{"dtype":"F16","shape":[1],"data_offsets":[{},{}]}})", i == 0 ? "" : ",",
                          i, 2 * i, 2 * i + 2);
  }
  const std::string file = make_safetensors(header + "}", std::string(2 * (kMaxAdapterTensors + 1), '\0'));
  const auto tensors = parse_safetensors(as_bytes(file));
  ASSERT_FALSE(tensors);
  EXPECT_EQ(tensors.error().code, ErrorCode::kResourceExhausted);
}

TEST(AdapterZip, HasTwoMembers) {
  const std::string zip = make_zip({{.name = "adapter_config.json", .content = "{}"},
                                    {.name = "adapter_model.safetensors", .content = "xyz"}});
  const auto archive = read_adapter_zip(as_bytes(zip));
  ASSERT_TRUE(archive) << archive.error().text();
  EXPECT_EQ(archive->config, "{}");
  EXPECT_EQ(archive->weights.size(), 3U);
}

TEST(AdapterZip, RefusesArchivesThatLie) {
  const bj::array rows = read_table("bad_zips.json");
  EXPECT_GT(rows.size(), 20U);
  for (const bj::value& value : rows) {
    const bj::object& row = value.as_object();
    SCOPED_TRACE(text_of(row.at("name")));
    std::vector<ZipMember> members;
    for (const bj::value& one : row.at("members").as_array()) {
      const bj::object& fields = one.as_object();
      const auto number = [&](const char* key) -> std::optional<std::uint32_t> {
        const bj::value* field = fields.if_contains(key);
        if (field == nullptr) return std::nullopt;
        return field->to_number<std::uint32_t>();
      };
      ZipMember member;
      member.name = text_of(fields.at("name"));
      member.content = fields.if_contains("content") ? text_of(fields.at("content")) : "{}";
      if (const auto zeros = number("zeros")) member.content.assign(*zeros, '\0');
      member.method = static_cast<std::uint16_t>(number("method").value_or(0));
      member.flags = static_cast<std::uint16_t>(number("flags").value_or(0));
      member.mode = number("mode").value_or(member.mode);
      member.size = number("size");
      member.packed = number("packed");
      member.checksum = number("checksum");
      members.push_back(std::move(member));
    }
    std::string zip = make_zip(members);
    if (const bj::value* prefix = row.if_contains("prefix")) zip.insert(0, text_of(*prefix));
    if (const bj::value* suffix = row.if_contains("suffix")) zip += text_of(*suffix);
    if (const bj::value* cut = row.if_contains("cut")) zip.resize(zip.size() - cut->to_number<std::size_t>());
    expect_refusal(read_adapter_zip(as_bytes(zip)), row);
  }
}

class AdapterFileTest : public ::testing::Test {
 protected:
  struct Tensor {
    std::string name;
    std::uint64_t rows = 0;
    std::uint64_t columns = 0;
    std::vector<float> values;
  };

  static std::vector<float> counting(std::size_t n) {
    std::vector<float> values(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<float>(i % 1000) * 0.25F - 7.0F;
    return values;
  }
  static Tensor tensor(std::string name, std::uint64_t rows, std::uint64_t columns) {
    return {std::move(name), rows, columns, counting(rows * columns)};
  }
  static std::string safetensors(const std::vector<Tensor>& tensors) {
    std::string header = "{";
    std::string data;
    for (const Tensor& one : tensors) {
      const std::size_t begin = data.size();
      for (const float value : one.values) data += le(tensor::f32_to_f16(value));
      header +=
          fmt::format(R"({}"{}":{{"dtype":"F16","shape":[{},{}],"data_offsets":[{},{}]}})",
                      header.size() == 1 ? "" : ",", one.name, one.rows, one.columns, begin, data.size());
    }
    return make_safetensors(header + "}", data);
  }
  static std::string module(int layer, const std::string& name, char which) {
    return fmt::format("base_model.model.model.layers.{}.{}.lora_{}.weight", layer, name, which);
  }
  static std::vector<Tensor> good_tensors() {
    return {
        tensor(module(0, "self_attn.q_proj", 'A'), 8, 16), tensor(module(0, "self_attn.q_proj", 'B'), 16, 8),
        tensor(module(1, "self_attn.v_proj", 'A'), 8, 16), tensor(module(1, "self_attn.v_proj", 'B'), 8, 8)};
  }
  Result<AdapterWeights> read_peft(const std::vector<Tensor>& tensors, const AdapterBase& base,
                                   const std::string& config = std::string(kGoodConfig)) {
    const std::string zip = make_zip({{.name = "adapter_model.safetensors", .content = safetensors(tensors)},
                                      {.name = "adapter_config.json", .content = config}});
    return read_adapter(as_bytes(zip), base);
  }

  std::vector<std::byte> bytes_ = testing::make_base();
  gguf::File file_ = gguf::File::parse(bytes_).value();
  AdapterBase base_ = AdapterBase::of(file_).value();
};

TEST_F(AdapterFileTest, PeftBecomesLayersOfTheBase) {
  const auto weights = read_peft(good_tensors(), base_);
  ASSERT_TRUE(weights) << weights.error().text();
  EXPECT_EQ(weights->architecture, "llama");
  ASSERT_EQ(weights->layers.size(), 2U);
  const AdapterLayer& q = weights->layers[0];
  EXPECT_EQ(q.tensor, "blk.0.attn_q.weight");
  EXPECT_EQ(q.rank, 8U);
  EXPECT_EQ(q.in, 16U);
  EXPECT_EQ(q.out, 16U);
  EXPECT_EQ(q.scale, 2.0F);
  EXPECT_EQ(q.a, counting(8 * 16));
  const AdapterLayer& v = weights->layers[1];
  EXPECT_EQ(v.tensor, "blk.1.attn_v.weight");
  EXPECT_EQ(v.out, 8U);
  EXPECT_EQ(v.b, counting(8 * 8));
}

// The file has the rows of the publisher's W in another order: with a P that moves rows, P (W + s B A) must
// be P W + s (P B) A. P is written here from the rotation's own definition, both ways of it on a vector: the
// publisher's pairs are (j, j + d/2), the file's (2 j, 2 j + 1).
TEST_F(AdapterFileTest, RowsOfQueriesAndKeysMoveAsTheBasesDid) {
  for (const std::string part : {"self_attn.q_proj", "self_attn.k_proj"}) {
    SCOPED_TRACE(part);
    const std::size_t heads = part == "self_attn.q_proj" ? 4 : 2;
    const std::size_t d = 4;
    const std::size_t out = heads * d;
    const std::vector<Tensor> tensors = {tensor(module(0, part, 'A'), 8, 16),
                                         tensor(module(0, part, 'B'), out, 8)};
    bj::object config = bj::parse(kGoodConfig).as_object();
    config["target_modules"] = bj::array{bj::string(part)};
    const auto weights = read_peft(tensors, base_, bj::serialize(config));
    ASSERT_TRUE(weights) << weights.error().text();
    const AdapterLayer& layer = weights->layers.at(0);
    for (std::size_t head = 0; head < heads; ++head) {
      for (std::size_t pair = 0; pair < d / 2; ++pair) {
        for (std::size_t side = 0; side < 2; ++side) {
          const std::size_t theirs = head * d + pair + side * (d / 2);
          const std::size_t ours = head * d + 2 * pair + side;
          for (std::size_t r = 0; r < 8; ++r) {
            EXPECT_EQ(layer.b[ours * 8 + r], tensors[1].values[theirs * 8 + r]) << ours << " " << r;
          }
        }
      }
    }
    EXPECT_EQ(layer.a, tensors[0].values);
  }
}

TEST_F(AdapterFileTest, RowsOfOtherFamiliesStay) {
  for (const std::string architecture : {"qwen2", "qwen3", "gemma2"}) {
    const auto bytes = testing::make_base(architecture);
    const gguf::File file = gguf::File::parse(bytes).value();
    const auto base = AdapterBase::of(file);
    ASSERT_TRUE(base) << base.error().text();
    const auto weights = read_peft(good_tensors(), *base);
    ASSERT_TRUE(weights) << weights.error().text();
    EXPECT_EQ(weights->layers[0].b, counting(16 * 8)) << architecture;
  }
}

TEST_F(AdapterFileTest, OtherArchitecturesTakeNone) {
  const auto bytes = testing::make_base("bert");
  const gguf::File file = gguf::File::parse(bytes).value();
  EXPECT_FALSE(AdapterBase::of(file));
}

// Rows: tensors instead of the good ones, or beside them; a change of the config.
TEST_F(AdapterFileTest, RefusesWhatDoesNotFitTheBase) {
  const bj::array rows = read_table("bad_fits.json");
  EXPECT_GT(rows.size(), 15U);
  for (const bj::value& value : rows) {
    const bj::object& row = value.as_object();
    SCOPED_TRACE(text_of(row.at("name")));
    std::map<std::string, Tensor> tensors;
    for (Tensor& one : good_tensors()) tensors.emplace(one.name, one);
    if (const bj::value* omit = row.if_contains("omit")) tensors.erase(text_of(*omit));
    if (const bj::value* add = row.if_contains("add")) {
      for (const bj::value& one : add->as_array()) {
        const bj::array& fields = one.as_array();
        const std::string name = text_of(fields.at(0));
        tensors.insert_or_assign(name, tensor(name, fields.at(1).to_number<std::uint64_t>(),
                                              fields.at(2).to_number<std::uint64_t>()));
      }
    }
    std::vector<Tensor> list;
    for (auto& [name, one] : tensors) list.push_back(std::move(one));
    if (row.if_contains("none")) list.clear();
    bj::object config = bj::parse(kGoodConfig).as_object();
    if (const bj::value* set = row.if_contains("set")) {
      for (const auto& [key, member] : set->as_object()) config[key] = member;
    }
    expect_refusal(read_peft(list, base_, bj::serialize(config)), row);
  }
}

TEST_F(AdapterFileTest, NumbersAreFinite) {
  for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                          std::numeric_limits<float>::quiet_NaN()}) {
    for (const std::size_t which : {0U, 1U}) {
      auto tensors = good_tensors();
      tensors[which].values.back() = bad;
      const auto weights = read_peft(tensors, base_);
      ASSERT_FALSE(weights);
      EXPECT_THAT(weights.error().text(), HasSubstr("infinite or no numbers"));
    }
  }
}

class GgufAdapterTest : public AdapterFileTest {
 protected:
  struct Entry {
    std::string name;
    gguf::Shape shape;
    tensor::DType type = tensor::DType::kF32;
  };
  static std::vector<Entry> good_entries() {
    return {{"blk.0.attn_q.weight.lora_a", {16, 4}, {}}, {"blk.0.attn_q.weight.lora_b", {4, 16}, {}}};
  }
  // Keys of `meta` replace the usual ones; an empty value leaves one out.
  static std::vector<std::byte> adapter(const std::vector<Entry>& entries,
                                        std::map<std::string, std::string> meta = {}, float alpha = 8.0F,
                                        float value = 0.5F) {
    gguf::Writer writer;
    meta.emplace("general.type", "adapter");
    meta.emplace("adapter.type", "lora");
    meta.emplace("general.architecture", "llama");
    for (const auto& [key, text] : meta) {
      if (!text.empty()) writer.add_string(key, text);
    }
    if (!std::isnan(alpha)) writer.add_f32("adapter.lora.alpha", alpha);
    for (const Entry& entry : entries) {
      const std::size_t size = entry.type == tensor::DType::kF32 ? 4 : 2;
      std::string data;
      for (std::uint64_t i = 0; i < entry.shape.elements(); ++i) {
        data += size == 4 ? le(value + static_cast<float>(i)) : le(tensor::f32_to_f16(value));
      }
      const auto bytes = as_bytes(data);
      writer.add_tensor(entry.name, entry.type, entry.shape,
                        std::vector<std::byte>(bytes.begin(), bytes.end()));
    }
    return writer.bytes().value();
  }
};

TEST_F(GgufAdapterTest, BecomesLayersAsTheyAre) {
  const auto weights = read_adapter(adapter(good_entries()), base_);
  ASSERT_TRUE(weights) << weights.error().text();
  ASSERT_EQ(weights->layers.size(), 1U);
  const AdapterLayer& layer = weights->layers[0];
  EXPECT_EQ(layer.tensor, "blk.0.attn_q.weight");
  EXPECT_EQ(layer.rank, 4U);
  EXPECT_EQ(layer.scale, 2.0F);
  ASSERT_EQ(layer.a.size(), 4U * 16);
  // No row moves: such files have the order of the base's.
  for (std::size_t i = 0; i < layer.b.size(); ++i) EXPECT_EQ(layer.b[i], 0.5F + static_cast<float>(i));
}

TEST_F(GgufAdapterTest, RefusesWhatDoesNotFitTheBase) {
  struct Row {
    const char* name;
    std::vector<Entry> entries;
    std::map<std::string, std::string> meta;
    float alpha;
    const char* message;
  };
  const auto with = [](Entry entry) {
    auto entries = good_entries();
    entries.push_back(std::move(entry));
    return entries;
  };
  const auto pair = [](const std::string& tensor, gguf::Shape a, gguf::Shape b) {
    return std::vector<Entry>{{tensor + ".lora_a", a, {}}, {tensor + ".lora_b", b, {}}};
  };
  // Only the tensors are wrong, or only what the file says of itself.
  const auto fits = [](const char* name, std::vector<Entry> entries, const char* message) {
    return Row{name, std::move(entries), {}, 8, message};
  };
  const auto says = [](const char* name, std::map<std::string, std::string> meta, float alpha,
                       const char* message) {
    return Row{name, good_entries(), std::move(meta), alpha, message};
  };
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  constexpr float kEndless = std::numeric_limits<float>::infinity();
  const std::vector<Row> rows = {
      says("a model", {{"general.type", "model"}}, 8, "general.type"),
      says("no type", {{"general.type", ""}}, 8, "general.type"),
      says("another kind of adapter", {{"adapter.type", "ia3"}}, 8, "adapter.type"),
      says("another architecture", {{"general.architecture", "qwen2"}}, 8, "general.architecture"),
      says("no alpha", {}, kNone, "adapter.lora.alpha"),
      says("no scale", {}, 0, "adapter.lora.alpha"),
      says("endless scale", {}, kEndless, "adapter.lora.alpha"),
      fits("no tensors", {}, "no tensors"),
      fits("a pair without its second", {{"blk.0.attn_q.weight.lora_a", {16, 4}, {}}}, "has no lora_b"),
      fits("a pair without its first", {{"blk.0.attn_q.weight.lora_b", {4, 16}, {}}}, "has no lora_a"),
      fits("a whole tensor", with({"blk.0.attn_norm.weight", {16}, {}}), "is not named"),
      fits("a vector", with({"blk.1.attn_q.weight.lora_a", {16}, {}}), "is not a matrix"),
      fits("an embedding", pair("token_embd.weight", {32, 4}, {4, 16}), "may change"),
      fits("a layer too many", pair("blk.2.attn_q.weight", {16, 4}, {4, 16}), "not in the base"),
      fits("a layer with a leading zero", pair("blk.00.attn_q.weight", {16, 4}, {4, 16}), "may change"),
      fits("a tensor that lacks", pair("blk.1.ffn_down.weight", {24, 4}, {4, 16}), "not in the base"),
      fits("wrong columns", pair("blk.0.attn_q.weight", {15, 4}, {4, 16}), "columns"),
      fits("wrong rows", pair("blk.0.attn_q.weight", {16, 4}, {4, 15}), "shape"),
      fits("ranks that differ", pair("blk.0.attn_q.weight", {16, 4}, {5, 16}), "shape"),
      fits("a rank above the matrix's", pair("blk.0.attn_k.weight", {16, 9}, {9, 8}), "rank"),
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto weights = read_adapter(adapter(row.entries, row.meta, row.alpha), base_);
    ASSERT_FALSE(weights);
    EXPECT_THAT(weights.error().text(), HasSubstr(row.message));
  }
  EXPECT_FALSE(read_adapter(adapter(good_entries(), {}, 8, std::numeric_limits<float>::infinity()), base_));
}

TEST_F(AdapterFileTest, OtherFilesAreNone) {
  for (const std::string_view text : {"", "P", "GGU", "{\"a\": 1}",
                                      "\x7f"
                                      "ELF"}) {
    EXPECT_FALSE(read_adapter(as_bytes(text), base_)) << text;
  }
}

}  // namespace
}  // namespace peregrine::model
