// Marks in answers to citations: what is left of the text, and what each citation points at.
#include "service/chat/citations.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"

namespace peregrine::service {
namespace {

const std::vector<CitationSource> kSources = {{Citation::Source::kDocument, "a"},
                                              {Citation::Source::kDocument, "b"},
                                              {Citation::Source::kToolCall, "call_1"}};

struct Cited {
  std::string text;
  std::vector<std::string> cited;  // "id: what the citation covers"

  bool operator==(const Cited&) const = default;
};

std::u32string code_points(std::string_view text) {
  std::u32string out;
  while (!text.empty()) {
    const base::Utf8Decoded decoded = base::utf8_decode(text);
    out += decoded.code_point;
    text.remove_prefix(decoded.length);
  }
  return out;
}

std::string slice(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::string out;
  for (const char32_t c : code_points(text).substr(begin, end - begin)) base::utf8_append(out, c);
  return out;
}

Cited read(const std::vector<std::string>& pieces, std::span<const CitationSource> sources = kSources) {
  CitationReader reader(sources);
  std::string whole;
  for (const std::string& piece : pieces) whole += piece;
  Cited outcome;
  std::vector<Citation> citations;
  const auto content = [&](std::string_view text, std::size_t raw) {
    EXPECT_EQ(whole.substr(raw, text.size()), text) << "content stands where it says";
    outcome.text += text;
  };
  std::size_t raw = 0;
  for (const std::string& piece : pieces) {
    reader.push(piece, raw, content, [&](const Citation& citation) { citations.push_back(citation); });
    raw += piece.size();
  }
  reader.flush(content);
  for (const Citation& citation : citations) {
    EXPECT_LE(citation.end, code_points(outcome.text).size());
    outcome.cited.push_back(citation.id + ": " + slice(outcome.text, citation.start, citation.end));
  }
  return outcome;
}

struct Case {
  std::string name, text, want;
  std::vector<std::string> cited;
};

const std::vector<Case> kCases = {
    {"no marks", "Plain text.", "Plain text.", {}},
    {"one statement", "It is blue【1】.", "It is blue.", {"a: It is blue"}},
    {"second sentence",
     "It is blue. So is the sea【2】.",
     "It is blue. So is the sea.",
     {"b: So is the sea"}},
    {"mark after the stop", "One. Two.【1】 Three.", "One. Two. Three.", {"a: Two."}},
    {"two marks share a stretch", "It is【1】【2】.", "It is.", {"a: It is", "b: It is"}},
    {"two marks in one sentence", "Red【1】 and green【2】.", "Red and green.", {"a: Red", "b: and green"}},
    {"result of a tool", "3 degrees【3】.", "3 degrees.", {"call_1: 3 degrees"}},
    {"place within the source", "Yes【2†L3-L9】", "Yes", {"b: Yes"}},
    {"new line begins a stretch", "Title\nBody【1】", "Title\nBody", {"a: Body"}},
    {"decimal point ends nothing",
     "It costs 3.5 euros【1】.",
     "It costs 3.5 euros.",
     {"a: It costs 3.5 euros"}},
    {"characters beyond ASCII count once", "Größe: 3 µm【1】.", "Größe: 3 µm.", {"a: Größe: 3 µm"}},
    {"no such source", "It is【9】.", "It is.", {}},
    {"number zero", "It is【0】.", "It is.", {}},
    {"mark before any text", "【1】It is.", "It is.", {}},
    {"not a number", "A【note】B", "A【note】B", {}},
    {"nothing within", "A【】B", "A【】B", {}},
    {"too many digits", "A【123456】B", "A【123456】B", {}},
    {"never closed", "A【1", "A【1", {}},
    {"opened twice", "A【【1】B", "A【B", {"a: A【"}},
    {"dagger without number", "A【†L1】B", "A【†L1】B", {}},
};

TEST(Citations, Table) {
  for (const Case& test : kCases) {
    SCOPED_TRACE(test.name);
    const Cited outcome = read({test.text});
    EXPECT_EQ(outcome.text, test.want);
    EXPECT_EQ(outcome.cited, test.cited);
  }
}

TEST(Citations, SplitsChangeNothing) {
  std::mt19937_64 random(5);
  for (const Case& test : kCases) {
    SCOPED_TRACE(test.name);
    const Cited whole = read({test.text});
    for (int round = 0; round < 50; ++round) {
      std::vector<std::string> pieces(1);
      for (std::string_view rest = test.text; !rest.empty();) {
        const std::size_t length = base::utf8_decode(rest).length;
        if (random() % 3 == 0) pieces.emplace_back();
        pieces.back() += rest.substr(0, length);
        rest.remove_prefix(length);
      }
      EXPECT_EQ(read(pieces), whole);
    }
  }
}

TEST(Citations, WithoutSourcesMarksAreText) {
  EXPECT_EQ(read({"It is【1】."}, {}).text, "It is【1】.");
}

ChatRequest request_with(Citations citations, bool documents) {
  ChatRequest request;
  request.citations = citations;
  if (documents) request.documents = {{"x", "t"}};
  request.messages = {{.role = Role::kTool, .content = "r", .name = {}, .tool_call_id = "c"}};
  return request;
}

TEST(Citations, SourcesAreDocumentsAndOnDemandResults) {
  EXPECT_EQ(citation_sources(request_with(Citations::kDisabled, true)).size(), 0U);
  EXPECT_EQ(citation_sources(request_with(Citations::kWithDocuments, false)).size(), 0U);
  EXPECT_EQ(citation_sources(request_with(Citations::kWithDocuments, true)).size(), 1U);
  const auto all = citation_sources(request_with(Citations::kEnabled, true));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, "x");
  EXPECT_EQ(all[1].id, "c");
}

}  // namespace
}  // namespace peregrine::service
