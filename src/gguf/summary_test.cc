#include "gguf/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <limits>

#include "base/utf8.h"
#include "gguf/testing/raw_image.h"
#include "gguf/testing/temp_dir.h"
#include "gguf/writer.h"

namespace peregrine::gguf {
namespace {

namespace json = boost::json;
using tensor::DType;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kTemplate = "{% for m in messages %}\n\t{{ m['content'] }}\n{% endfor %}";

Writer summary_writer() {
  Writer w;
  w.add_string("general.architecture", "llama");
  w.add_u32("llama.context_length", 4096);
  w.add_f32("llama.epsilon", 1e-5F);
  w.add_bool("flag", true);
  std::vector<std::string> tokens(1500);
  for (std::size_t i = 0; i < tokens.size(); ++i) tokens[i] = "token" + std::to_string(i);
  w.add_strings("tokenizer.ggml.tokens", tokens);
  w.add_string("tokenizer.chat_template", kTemplate);
  w.add_string("tokenizer.chat_template.tool_use", "second template");
  w.add_tensor("norm", DType::kF32, {64}, std::vector<std::byte>(256));
  w.add_tensor("blk.0.weight", DType::kQ8_0, {64, 300}, std::vector<std::byte>(20400));
  w.add_tensor("blk.1.weight", DType::kQ8_0, {32, 2, 3}, std::vector<std::byte>(204));
  return w;
}

TEST(Summary, TextReadsAsAWhole) {
  const auto bytes = summary_writer().bytes().value();
  const auto file = File::parse(bytes).value();
  const std::string text = render_text(file);
  const std::string expected_tables = R"(
Metadata: 7 keys
  key                               type          value
  general.architecture              string        "llama"
  llama.context_length              u32           4096
  llama.epsilon                     f32           1e-05
  flag                              bool          true
  tokenizer.ggml.tokens             string[1500]  ["token0", "token1", "token2", "token3", "token4", "token5", )"
                                      "\u2026"
                                      R"(] (1500)
  tokenizer.chat_template           string        "{% for m in messages %}\n\t{{ m['content'] }}\n{% endfor %}"
  tokenizer.chat_template.tool_use  string        "second template"

Tensors: 3, shapes with the innermost dimension first
  name          type  shape        bytes
  norm          F32   64             256
  blk.0.weight  Q8_0  64 x 300    20,400
  blk.1.weight  Q8_0  32 x 2 x 3     204

Types
  type  tensors  parameters   bytes  share
  Q8_0        2      19,392  20,604  98.8%
  F32         1          64     256   1.2%

Total: 3 tensors, 19,456 parameters (19.46 K), 20,860 bytes (20.37 KiB)

Chat template (tokenizer.chat_template)
{% for m in messages %}
	{{ m['content'] }}
{% endfor %}

Chat template (tokenizer.chat_template.tool_use)
second template
)";
  EXPECT_THAT(text, ::testing::StartsWith("GGUF version 3, "));
  EXPECT_THAT(text, HasSubstr(" in one file, alignment 32\n"));
  EXPECT_EQ(text.substr(text.find('\n') + 1), expected_tables);
}

TEST(Summary, JsonHoldsTheSameFacts) {
  const auto bytes = summary_writer().bytes().value();
  const auto file = File::parse(bytes).value();
  const json::value expected = json::parse(R"({
    "format": {"version": 3, "alignment": 32, "shards": 1},
    "metadata": [
      {"key": "general.architecture", "type": "string", "value": "llama"},
      {"key": "llama.context_length", "type": "u32", "value": 4096},
      {"key": "llama.epsilon", "type": "f32", "value": 1e-5},
      {"key": "flag", "type": "bool", "value": true},
      {"key": "tokenizer.ggml.tokens", "type": "array", "element_type": "string", "count": 1500,
       "first": ["token0", "token1", "token2", "token3", "token4", "token5", "token6", "token7", "token8",
                 "token9", "token10", "token11", "token12", "token13", "token14", "token15"]},
      {"key": "tokenizer.chat_template", "type": "string",
       "value": "{% for m in messages %}\n\t{{ m['content'] }}\n{% endfor %}"},
      {"key": "tokenizer.chat_template.tool_use", "type": "string", "value": "second template"}],
    "tensors": [
      {"name": "norm", "type": "F32", "shape": [64], "parameters": 64, "bytes": 256},
      {"name": "blk.0.weight", "type": "Q8_0", "shape": [64, 300], "parameters": 19200, "bytes": 20400},
      {"name": "blk.1.weight", "type": "Q8_0", "shape": [32, 2, 3], "parameters": 192, "bytes": 204}],
    "types": [
      {"type": "Q8_0", "tensors": 2, "parameters": 19392, "bytes": 20604},
      {"type": "F32", "tensors": 1, "parameters": 64, "bytes": 256}],
    "total": {"tensors": 3, "parameters": 19456, "bytes": 20860}})");
  json::value actual = json::parse(render_json(file));
  EXPECT_EQ(actual.at("format").at("bytes").to_number<std::size_t>(), bytes.size());
  actual.at("format").as_object().erase("bytes");
  double shares = 0;
  for (json::value& type : actual.at("types").as_array()) {
    shares += type.at("share").as_double();
    type.as_object().erase("share");
  }
  EXPECT_NEAR(shares, 1.0, 1e-12);
  EXPECT_EQ(actual, expected);
}

TEST(Summary, HostileStringsCannotDriveATerminalOrBreakTheJson) {
  const std::string nasty = "\x1B]0;owned\x07\xC2\x9B\xE2\x80\xAE\xFF\"\\\r\n\x01";
  Writer w;
  w.add_string("a\x1B[2J", nasty);
  w.add_strings("tokenizer.ggml.tokens", std::array{nasty});
  w.add_string("tokenizer.chat_template", nasty);
  w.add_tensor("t\x1B[2J", DType::kI8, {1}, std::vector<std::byte>(1));
  const auto bytes = w.bytes().value();
  const auto file = File::parse(bytes).value();
  const std::string text = render_text(file);
  EXPECT_TRUE(base::utf8_valid(text));
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int{c};
  EXPECT_THAT(text, Not(HasSubstr("\xC2\x9B")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(text, HasSubstr("  a\\x1b[2J "));

  const std::string document = render_json(file);
  EXPECT_TRUE(base::utf8_valid(document));
  const json::value parsed = json::parse(document);
  EXPECT_EQ(parsed.at("metadata").at(0).at("key").as_string(), "a\x1B[2J");
  EXPECT_EQ(parsed.at("metadata").at(0).at("value").as_string(), base::utf8_sanitize(nasty));
  EXPECT_EQ(parsed.at("metadata").at(1).at("first").at(0).as_string(), base::utf8_sanitize(nasty));
}

TEST(Summary, JsonNamesTheNumbersItLacksAndKeepsLargeOnes) {
  Writer w;
  w.add_f32("nan", std::numeric_limits<float>::quiet_NaN());
  w.add_f64("inf", -std::numeric_limits<double>::infinity());
  w.add_u64("u64", std::numeric_limits<std::uint64_t>::max());
  w.add_i64("i64", std::numeric_limits<std::int64_t>::min());
  w.add_array<float>("floats", std::array{0.1F, std::numeric_limits<float>::infinity()});
  w.add_string("long", std::string((1 << 20) + 1, 'x'));
  const auto bytes = w.bytes().value();
  const json::value parsed = json::parse(render_json(File::parse(bytes).value()));
  const auto value = [&](std::size_t i) { return parsed.at("metadata").at(i).at("value"); };
  EXPECT_EQ(value(0), "NaN");
  EXPECT_EQ(value(1), "-Infinity");
  EXPECT_EQ(value(2), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(value(3), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parsed.at("metadata").at(4).at("first"), json::value({0.1, "Infinity"}));
  EXPECT_EQ(value(5).as_string().size(), (1U << 20) + 3) << "cut, with an ellipsis";
}

TEST(Summary, LongNamesAreCutInTheTableOnly) {
  Writer w;
  w.add_u32(std::string(500, 'k'), 1);
  w.add_tensor(std::string(200, 't'), DType::kI8, {1}, std::vector<std::byte>(1));
  const auto bytes = w.bytes().value();
  const auto file = File::parse(bytes).value();
  const std::string text = render_text(file);
  EXPECT_THAT(text, HasSubstr(std::string(63, 'k') + "\u2026"));
  EXPECT_THAT(text, Not(HasSubstr(std::string(64, 'k'))));
  EXPECT_THAT(text, Not(HasSubstr(std::string(64, 't'))));
  EXPECT_THAT(render_json(file), HasSubstr(std::string(500, 'k')));
}

TEST(Summary, AFileWithNothingInItHasASummaryToo) {
  const std::string bytes = testing::RawImage{}.encode();
  const auto file = File::parse(testing::as_bytes(bytes)).value();
  EXPECT_THAT(render_text(file), HasSubstr("Total: 0 tensors, 0 parameters (0), 0 bytes (0 bytes)"));
  EXPECT_TRUE(json::parse(render_json(file)).at("types").as_array().empty());
}

TEST(Summary, CountsShards) {
  const testing::TempDir dir;
  const auto paths = summary_writer().write_shards(dir.path(), "m", 3).value();
  const auto file = File::open(paths[0]).value();
  EXPECT_THAT(render_text(file), HasSubstr(" in 3 shards, alignment 32\n"));
  EXPECT_EQ(json::parse(render_json(file)).at("format").at("shards"), 3);
  EXPECT_EQ(json::parse(render_json(file)).at("total").at("tensors"), 3);
}

TEST(Summary, AgreesWithAPublishedModel) {
  const std::filesystem::path path = PEREGRINE_SHARED_DIR "/models/stories260K.gguf";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  const std::string text = render_text(File::open(path).value());
  EXPECT_THAT(text, HasSubstr("GGUF version 3, 1.13 MiB in one file, alignment 32\n\nMetadata: 21 keys\n"));
  EXPECT_THAT(text,
              HasSubstr("\nTotal: 48 tensors, 292,800 parameters (292.80 K), 1,171,200 bytes (1.12 MiB)\n"));
}

}  // namespace
}  // namespace peregrine::gguf
