// Token ids and decoded text against the reference implementation, on real vocabularies and on those of the
// small golden models.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "gguf/file.h"
#include "model/vocab.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::golden {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using text::TokenId;

fs::path golden_dir() {
  return fs::path(PEREGRINE_SHARED_DIR) / "golden";
}

// Output of `xz -dc FILE`.
std::string unpack(const fs::path& packed) {
  const std::string command = "xz -dc '" + packed.string() + "'";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run xz");
  std::string bytes;
  std::array<char, 1 << 16> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    bytes.append(buffer.data(), count);
  }
  if (pclose(pipe) != 0) throw std::runtime_error("'" + command + "' failed");
  return bytes;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::unique_ptr<text::Tokenizer> tokenizer_of(const std::string& image) {
  const auto file = gguf::File::parse(std::as_bytes(std::span(image)));
  if (!file) throw std::runtime_error(file.error().text());
  auto spec = model::tokenizer_spec(file->metadata());
  if (!spec) throw std::runtime_error(spec.error().text());
  auto tokenizer = text::make_tokenizer(*spec);
  if (!tokenizer) throw std::runtime_error(tokenizer.error().text());
  return std::move(*tokenizer);
}

std::vector<TokenId> token_list(const json::value& array) {
  return json::value_to<std::vector<TokenId>>(array);
}

std::string base64(const json::value& encoded) {
  const json::string& in = encoded.as_string();
  std::string out(in.size() / 4 * 3, '\0');
  EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                  reinterpret_cast<const unsigned char*>(in.data()), static_cast<int>(in.size()));
  out.resize(out.size() - (in.ends_with("==") ? 2 : in.ends_with('=') ? 1 : 0));
  return out;
}

void expect_same_tokens(const text::Tokenizer& tokenizer, const json::value& entry) {
  const std::string input(entry.at("text").as_string());
  const text::EncodeOptions options{.add_special = entry.at("add_special").as_bool(),
                                    .parse_special = entry.at("parse_special").as_bool()};
  const auto tokens = tokenizer.encode(input, options);
  ASSERT_TRUE(tokens) << tokens.error().text();
  EXPECT_EQ(*tokens, token_list(entry.at("tokens")))
      << "text: " << input << "\nadd_special " << options.add_special << ", parse_special "
      << options.parse_special;
}

std::string streamed(const text::Tokenizer& tokenizer, std::span<const TokenId> tokens,
                     text::DecodeOptions options) {
  text::StreamingDetokenizer stream(tokenizer.vocabulary(), options);
  std::string out;
  for (const TokenId token : tokens) {
    const std::string part = stream.push(token);
    EXPECT_TRUE(base::utf8_valid(part));
    out += part;
  }
  return out + stream.flush();
}

class TokenizerParity : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const fs::path packed =
        golden_dir() / "tokenizer" / ("ggml-vocab-" + std::string(GetParam()) + ".gguf.xz");
    if (!fs::exists(packed)) GTEST_SKIP() << "no " << packed;
    tokenizer_ = tokenizer_of(unpack(packed));
    golden_ = json::parse(read_file(golden_dir() / "tokenizer" / (std::string(GetParam()) + ".json")));
    ASSERT_GT(cases().size(), 100U);
  }

  const json::array& cases() const { return golden_.at("cases").as_array(); }

  std::unique_ptr<text::Tokenizer> tokenizer_;
  json::value golden_;
};

TEST_P(TokenizerParity, Encodes) {
  for (const json::value& entry : cases()) expect_same_tokens(*tokenizer_, entry);
}

TEST_P(TokenizerParity, Decodes) {
  const text::DecodeOptions dropped{.clean_up_spaces = tokenizer_->cleans_up_spaces()};
  int compared = 0;
  for (const json::value& entry : cases()) {
    const std::vector<TokenId> tokens = token_list(entry.at("tokens"));
    if (const json::value* text = entry.as_object().if_contains("detokenised"); text && text->is_string()) {
      EXPECT_EQ(tokenizer_->decode(tokens, dropped), text->as_string());
      ++compared;
    }
    // "Plain": a leading bos and a trailing eos taken away, other special tokens shown. A text that had a bos
    // in front keeps its first space.
    const json::value* text = entry.as_object().if_contains("detokenised_plain");
    if (!text || !text->is_string()) continue;
    text::DecodeOptions shown = dropped;
    shown.render_special = true;
    std::span<const TokenId> inner = tokens;
    if (tokenizer_->adds_bos() && !inner.empty() && inner.front() == tokenizer_->vocabulary().bos()) {
      inner = inner.subspan(1);
      shown.at_text_start = false;
    }
    EXPECT_EQ(tokenizer_->decode(inner, shown), text->as_string());
    ++compared;
  }
  EXPECT_GT(compared, 100);
}

TEST_P(TokenizerParity, StreamsWhatItDecodes) {
  for (const json::value& entry : cases()) {
    const std::vector<TokenId> tokens = token_list(entry.at("tokens"));
    for (const bool render_special : {false, true}) {
      for (const bool at_text_start : {false, true}) {
        const text::DecodeOptions options{.render_special = render_special, .at_text_start = at_text_start};
        EXPECT_EQ(streamed(*tokenizer_, tokens, options), tokenizer_->decode(tokens, options));
      }
    }
  }
}

TEST_P(TokenizerParity, SegmentsOfPlainTextAreOneText) {
  for (const json::value& entry : cases()) {
    const std::string input(entry.at("text").as_string());
    const text::EncodeOptions options{.add_special = entry.at("add_special").as_bool(),
                                      .parse_special = entry.at("parse_special").as_bool()};
    std::vector<text::Segment> bytes;
    for (std::size_t i = 0; i < input.size(); ++i) {
      bytes.push_back({std::string_view(input).substr(i, 1), options.parse_special});
    }
    const auto tokens = tokenizer_->encode(bytes, options.add_special);
    ASSERT_TRUE(tokens);
    EXPECT_EQ(*tokens, token_list(entry.at("tokens"))) << input;
  }
}

TEST_P(TokenizerParity, PlainTextNeverBecomesControlTokens) {
  const text::Vocabulary& vocabulary = tokenizer_->vocabulary();
  for (TokenId id = 0; static_cast<std::size_t>(id) < vocabulary.size(); ++id) {
    if (vocabulary.kind(id) != text::TokenKind::kControl) continue;
    const std::string input =
        "a" + std::string(vocabulary.piece(id)) + " " + std::string(vocabulary.piece(id));
    const auto tokens = tokenizer_->encode(input, {.add_special = false, .parse_special = false});
    ASSERT_TRUE(tokens);
    for (const TokenId token : *tokens) {
      EXPECT_TRUE(vocabulary.kind(token) != text::TokenKind::kControl || token == vocabulary.unk()) << input;
    }
  }
}

TEST_P(TokenizerParity, KeepsBytesThatAreNotUtf8) {
  const bool lossless = std::string_view(GetParam()) != "bert-bge";
  for (const json::value& entry : golden_.at("invalid_utf8").as_array()) {
    const std::string bytes = base64(entry.at("bytes_b64"));
    const auto tokens = tokenizer_->encode(bytes, {.add_special = false, .parse_special = false});
    ASSERT_TRUE(tokens);
    if (lossless) {
      EXPECT_EQ(text::decode_bytes(tokenizer_->vocabulary(), *tokens, {}), bytes);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Vocabularies, TokenizerParity,
                         testing::Values("gpt-2", "llama-bpe", "llama-spm", "qwen2", "gemma-4", "bert-bge"),
                         [](const auto& param) {
                           std::string name = param.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(TokenizerOfGoldenModels, Encodes) {
  if (!fs::exists(golden_dir() / "llama-gqa-f32.gguf"))
    GTEST_SKIP() << "no golden models in " << golden_dir();
  for (const char* name :
       {"llama-gqa-f32", "llama-q4_k_m", "llama-ropefreqs-q4_0", "llama-spm-q8_0", "llama-tied-ropefreqs-f16",
        "gemma2-f32", "gemma2-q6_k", "gpt-oss-f32", "llama4-interleave-q8_0", "llama4-scout-f16",
        "deepseek2-groups-q8_0", "deepseek2-kimi-f32", "qwen3-q5_k_m", "qwen3-tied-bf16", "qwen3moe-f16",
        "qwen3moe-q8_0", "bert-mean-f32", "nomic-bert-mean-f16"}) {
    SCOPED_TRACE(name);
    const auto tokenizer = tokenizer_of(read_file(golden_dir() / (std::string(name) + ".gguf")));
    const json::value golden = json::parse(read_file(golden_dir() / (std::string(name) + ".json")));
    ASSERT_FALSE(golden.at("tokenize").as_array().empty());
    for (const json::value& entry : golden.at("tokenize").as_array()) expect_same_tokens(*tokenizer, entry);
  }
}

}  // namespace
}  // namespace peregrine::golden
