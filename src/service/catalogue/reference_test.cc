#include "service/catalogue/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peregrine::service {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kHub = "http://127.0.0.1:8000";

Result<ModelReference> parse(std::string_view text) {
  return parse_model_reference(text, Catalogue::builtin(), kHub);
}

TEST(Reference, NamesOfTheCatalogue) {
  const auto reference = parse("gemma2-9b");
  ASSERT_TRUE(reference);
  EXPECT_EQ(std::get<const CatalogueEntry*>(*reference)->id, "gemma2-9b-it");
}

struct Repository {
  std::string_view text;
  std::string_view repository;
  std::string_view file;
};

TEST(Reference, Repositories) {
  const Repository kCases[] = {
      {"hf:org/name", "org/name", ""},
      {"hf://org/name", "org/name", ""},
      {"hf:org/name:Q8_0", "org/name", "Q8_0"},
      {"hf:o-1/n_2.x-GGUF:Q4_K_M/a-00001-of-00002.gguf", "o-1/n_2.x-GGUF", "Q4_K_M/a-00001-of-00002.gguf"},
      {"hf:org/name:with space.gguf", "org/name", "with space.gguf"},
      {"https://huggingface.co/org/name", "org/name", ""},
      {"https://huggingface.co/org/name?library=gguf", "org/name", ""},
      {"http://127.0.0.1:8000/org/name", "org/name", ""},
  };
  for (const Repository& one : kCases) {
    const auto reference = parse(one.text);
    ASSERT_TRUE(reference) << one.text << ": " << reference.error().text();
    const auto* repository = std::get_if<RepositoryReference>(&*reference);
    ASSERT_NE(repository, nullptr) << one.text;
    EXPECT_EQ(repository->repository, one.repository);
    EXPECT_EQ(repository->file, one.file);
  }
}

struct Link {
  std::string_view text;
  std::string_view url;
  std::string_view name;
};

TEST(Reference, Links) {
  const Link kCases[] = {
      {"https://example.org/a/b.gguf", "https://example.org/a/b.gguf", "b.gguf"},
      {"https://example.org/b.gguf?sig=x/y.gguf", "https://example.org/b.gguf?sig=x/y.gguf", "b.gguf"},
      {"https://example.org/a%20b%2Bc.GGUF", "https://example.org/a%20b%2Bc.GGUF", "a b+c.GGUF"},
      {"https://example.org/ggml-base.bin#x", "https://example.org/ggml-base.bin#x", "ggml-base.bin"},
      {"https://huggingface.co/o/n/blob/main/b.gguf", "https://huggingface.co/o/n/resolve/main/b.gguf",
       "b.gguf"},
      {"http://127.0.0.1:8000/o/n/blob/main/b.gguf", "http://127.0.0.1:8000/o/n/resolve/main/b.gguf",
       "b.gguf"},
      {"https://example.org/blob/main/b.gguf", "https://example.org/blob/main/b.gguf", "b.gguf"},
  };
  for (const Link& one : kCases) {
    const auto reference = parse(one.text);
    ASSERT_TRUE(reference) << one.text << ": " << reference.error().text();
    const auto* url = std::get_if<UrlReference>(&*reference);
    ASSERT_NE(url, nullptr) << one.text;
    EXPECT_EQ(url->url, one.url);
    EXPECT_EQ(url->file_name, one.name);
  }
}

TEST(Reference, BadOnesSayWhatToWrite) {
  const std::string long_name(kMaxFileNameBytes, 'x');
  const std::pair<std::string, std::string_view> kBad[] = {
      {"", "hf:ORG/REPO"},
      {"no-such-model", "gpt-oss-20b"},
      {"org/name", "write hf:org/name"},
      {std::string(kMaxReferenceBytes + 1, 'x'), "too long"},
      {"../../etc/passwd", "not in the catalogue"},
      {std::string("gemma2\0-9b", 10), "not in the catalogue"},
      {"hf:", "no repository"},
      {"hf:name", "no repository"},
      {"hf:org/", "no repository"},
      {"hf:/name", "no repository"},
      {"hf:org/name/more", "no repository"},
      {"hf:../name", "no repository"},
      {"hf:org/..", "no repository"},
      {"hf:org/na me", "no repository"},
      {"hf:org/name\n", "no repository"},
      {"hf:org/" + std::string(200, 'n'), "no repository"},
      {"hf:org/name:", "no file"},
      {"hf:org/name:../x.gguf", "no file"},
      {"hf:org/name:a/../../x.gguf", "no file"},
      {"hf:org/name:/etc/x.gguf", "no file"},
      {"hf:org/name:a//x.gguf", "no file"},
      {"hf:org/name:a\\x.gguf", "no file"},
      {std::string("hf:org/name:x\0.gguf", 19), "no file"},
      {"hf:org/name:x\x1b[2J.gguf", "no file"},
      {"hf:org/name:-rf.gguf", "a letter or digit first"},
      {"hf:org/name:.gguf", "a letter or digit first"},
      {"hf:org/name:" + long_name + ".gguf", "more than 200 bytes"},
      {"https://example.org/", "no model file"},
      {"https://example.org/a.safetensors", "no model file"},
      {"https://example.org/..", "no model file"},
      {"https://example.org/.gguf", "a letter or digit first"},
      {"https://example.org/%2e%2e%2fx.gguf", "a letter or digit first"},
      {"https://example.org/a%2f..%2fx.gguf", "letters, digits"},
      {"https://example.org/a%00.gguf", "letters, digits"},
      {"https://example.org/a%0a.gguf", "letters, digits"},
      {"https://example.org/%c3%b6.gguf", "a letter or digit first"},
      {"https://example.org/" + long_name + ".gguf", "more than 200 bytes"},
  };
  for (const auto& [text, says] : kBad) {
    const auto reference = parse(text);
    ASSERT_FALSE(reference) << text;
    EXPECT_THAT(reference.error().text(), HasSubstr(std::string(says))) << text;
    for (const unsigned char c : reference.error().text()) {
      EXPECT_TRUE(c == '\n' || (c >= 0x20 && c != 0x7F)) << text;
    }
    EXPECT_LT(reference.error().text().size(), 1500U);
  }
}

}  // namespace
}  // namespace peregrine::service
