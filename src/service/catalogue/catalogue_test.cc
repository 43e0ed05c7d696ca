#include "service/catalogue/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "service/catalogue/embedded.h"
#include "service/catalogue/reference.h"

namespace peregrine::service {
namespace {

using ::testing::HasSubstr;

TEST(Catalogue, TheOneInTheProgramIsValid) {
  const auto parsed = Catalogue::parse(kCatalogueJson);
  ASSERT_TRUE(parsed) << parsed.error().text();
  EXPECT_GE(parsed->entries().size(), 13U);
  for (const CatalogueEntry& entry : Catalogue::builtin().entries()) {
    EXPECT_TRUE(check_model_file_name(base_name(entry.file))) << entry.id;
    EXPECT_TRUE(is_repository_path(entry.file)) << entry.id;
    const auto reference =
        parse_model_reference("hf:" + entry.repository + ":" + entry.file, Catalogue::builtin(), "");
    EXPECT_TRUE(reference) << entry.id;
  }
}

TEST(Catalogue, FindsByIdAndAliasWhateverTheCase) {
  const Catalogue& catalogue = Catalogue::builtin();
  const CatalogueEntry* entry = catalogue.find("openai/gpt-oss-20b");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->chat_format, "harmony");
  EXPECT_TRUE(entry->can("reasoning"));
  EXPECT_FALSE(entry->can("vision"));
  EXPECT_EQ(catalogue.find("GPT-OSS-20b"), entry);
  EXPECT_EQ(catalogue.find("OpenAI/GPT-OSS-20B"), entry);
  EXPECT_EQ(catalogue.find("gpt-oss-20"), nullptr);
  EXPECT_EQ(catalogue.find(""), nullptr);
  EXPECT_EQ(catalogue.find_repository("GGML-org/gpt-oss-20b-gguf"), entry);
  EXPECT_EQ(catalogue.find_repository("nobody/nothing"), nullptr);
}

// The table of the wire contract's section 10.1, row by row: | `id` | family | ctx | out | T | P | J | S | R
// | V | format |.
std::vector<std::vector<std::string>> contract_rows() {
  std::ifstream stream(std::filesystem::path(PEREGRINE_SHARED_DIR) / "api" / "REFERENCE.md");
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("## ")) inside = line.starts_with("## 10.1");
    if (!inside || !line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    std::stringstream row(line.substr(2));
    for (std::string cell; std::getline(row, cell, '|');) {
      const std::size_t first = cell.find_first_not_of(" `");
      cells.push_back(
          first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(" `") - first + 1));
    }
    if (cells.size() == 11) rows.push_back(std::move(cells));
  }
  return rows;
}

TEST(Catalogue, HasEveryModelOfTheContractAsItIsThere) {
  const auto rows = contract_rows();
  if (rows.empty()) GTEST_SKIP() << "needs ../shared/api/REFERENCE.md";
  EXPECT_EQ(rows.size(), 13U);
  const std::map<std::size_t, std::string> kColumns = {{4, "tools"},     {5, "parallel_tools"},
                                                       {6, "json_mode"}, {7, "json_schema"},
                                                       {8, "reasoning"}, {9, "vision"}};
  for (const auto& row : rows) {
    const CatalogueEntry* entry = Catalogue::builtin().find(row[0]);
    ASSERT_NE(entry, nullptr) << row[0];
    EXPECT_EQ(entry->id, row[0]);
    EXPECT_EQ(std::to_string(entry->context_length), row[2]) << row[0];
    EXPECT_EQ(entry->max_completion_tokens, std::stoul(row[3])) << row[0];
    std::string format = row[10];
    if (const std::size_t on = format.find(" on "); on != std::string::npos) format.replace(on, 4, "-");
    EXPECT_EQ(entry->chat_format, format) << row[0];
    for (const auto& [column, capability] : kColumns) {
      if (row[column].starts_with("y")) {
        EXPECT_TRUE(entry->can(capability)) << row[0] << " " << capability;
      }
      // Constrained decoding serves schemas wherever there is chat, which is more than the vendor offers.
      if (row[column].starts_with("n") && capability != "json_schema") {
        EXPECT_FALSE(entry->can(capability)) << row[0] << " " << capability;
      }
    }
  }
}

std::string with(const std::string& what, const std::string& replacement) {
  std::string json = R"([{"id": "a/b", "aliases": ["b"], "family": "f", "owned_by": "o", "repository": "r/r",
    "file": "f.gguf", "evidence": "link", "context_length": 8, "max_completion_tokens": 4, "chat_format": "llama3",
    "capabilities": ["tools"]}])";
  const std::size_t at = json.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return json.replace(at, what.size(), replacement);
}

TEST(Catalogue, EveryFieldIsChecked) {
  ASSERT_TRUE(Catalogue::parse(with("a/b", "a/b")));
  struct Bad {
    std::string json;
    std::string_view says;
  };
  const Bad kBad[] = {
      {"", "JSON"},
      {"{}", "array"},
      {"[1]", "object"},
      {"[{}]", "'id'"},
      {with(R"("id": "a/b", )", ""), "'id'"},
      {with(R"("id": "a/b")", R"("id": "")"), "'id'"},
      {with(R"(["b"])", "[]"), "'aliases'"},
      {with(R"(["b"])", "[1]"), "'aliases'"},
      {with(R"(["b"])", R"(["c", "C"])"), "taken"},
      {with(R"(["b"])", R"(["A/B"])"), "taken"},
      {with(R"("r/r")", R"("r")"), "'repository'"},
      {with("f.gguf", "f.safetensors"), "'file'"},
      {with(R"("link")", R"("hearsay")"), "'evidence'"},
      {with(": 8,", ": -8,"), "'context_length'"},
      {with(": 8,", ": 8.5,"), "'context_length'"},
      {with(": 8,", ": 99999999999,"), "'context_length'"},
      {with(": 4,", ": 9,"), "'max_completion_tokens'"},
      {with("llama3", "llama"), "'chat_format'"},
      {with(R"(["tools"])", R"(["tolls"])"), "'capabilities'"},
      {with(R"("family": "f")", R"("family": "f", "size": 1)"), "'size'"},
  };
  for (const Bad& bad : kBad) {
    const auto parsed = Catalogue::parse(bad.json);
    ASSERT_FALSE(parsed) << bad.json;
    EXPECT_EQ(parsed.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(parsed.error().text(), HasSubstr(std::string(bad.says))) << bad.json;
  }
}

}  // namespace
}  // namespace peregrine::service
