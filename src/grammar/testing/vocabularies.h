// Vocabularies for tests and benchmarks: a small one that has everything awkward in it, and real ones.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/vocabulary.h"

namespace peregrine::grammar::testing {

inline std::shared_ptr<const Vocabulary> make_vocabulary(const std::vector<std::string>& pieces,
                                                         const std::vector<TokenId>& ends) {
  const std::vector<std::string_view> views(pieces.begin(), pieces.end());
  return std::make_shared<Vocabulary>(views, ends);
}

// Every byte, then words and pieces of JSON that cross the borders of its tokens; the last id ends.
inline std::shared_ptr<const Vocabulary> small_vocabulary() {
  std::vector<std::string> pieces;
  for (int byte = 0; byte < 256; ++byte) pieces.emplace_back(1, static_cast<char>(byte));
  for (const char* piece : {"{\"",
                            "\":",
                            "\": ",
                            "\":\"",
                            "\",\"",
                            "\", \"",
                            "\"}",
                            "\"]",
                            "}}",
                            "}]",
                            "},",
                            "},{",
                            "]}",
                            "],",
                            "[{",
                            "[[",
                            "[]",
                            "{}",
                            "{\n  ",
                            "\n",
                            "\n    ",
                            "  ",
                            ": ",
                            ", ",
                            "null",
                            "true",
                            "false",
                            "nul",
                            "rue",
                            "12",
                            "123",
                            "0.5",
                            "10",
                            "-1",
                            "e+",
                            "e1",
                            ".0",
                            "00",
                            "2024",
                            "-01",
                            "T12:",
                            "the",
                            " the",
                            "abc",
                            "ab",
                            "a\":1",
                            "name",
                            "\"name",
                            "\"name\":",
                            "id",
                            "value",
                            "\"a\":",
                            "\"b\":",
                            "a",
                            "\\n",
                            "\\\"",
                            "\\u",
                            "\\u00",
                            "\\ud83d",
                            "\\ude00",
                            "\xC3\xA9",
                            "\xC3",
                            "\xA9",
                            "\xE2\x82\xAC",
                            "\xE2\x82",
                            "\xF0\x9F\x98\x80",
                            "\xF0\x9F",
                            "\x98\x80"
                            "a",
                            "caf\xC3\xA9",
                            "\xC3\xA9\"",
                            "aa",
                            "aaa",
                            "aaaa",
                            "aaaaaaaa",
                            "hello world",
                            "a,b",
                            "1,\"",
                            "1}",
                            "\"a\"",
                            "\"a\",\"b\"",
                            "\":{\"",
                            "\":[",
                            "\",",
                            " \"",
                            "\xFF\xFE",
                            "<end>",
                            "A",
                            "Z9",
                            "_x",
                            "x_y-z",
                            "foo",
                            "bar",
                            "fo",
                            "o",
                            "red",
                            "green",
                            "\"red\"",
                            "@",
                            "a@b.c",
                            "://",
                            "http"}) {
    pieces.emplace_back(piece);
  }
  pieces.emplace_back();  // a control token
  pieces.emplace_back("</s>");
  return make_vocabulary(pieces, {static_cast<TokenId>(pieces.size() - 1)});
}

namespace detail {

// GPT-2's alphabet: each byte as a printable character, here backwards.
inline std::string from_byte_level(std::string_view piece) {
  static const std::vector<int> kByteOf = [] {
    std::vector<int> table(512, -1);
    int next = 256;
    for (int byte = 0; byte < 256; ++byte) {
      const bool printable =
          (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
      table[static_cast<std::size_t>(printable ? byte : next++)] = byte;
    }
    return table;
  }();
  std::string out;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    unsigned c = static_cast<unsigned char>(piece[i]);
    if (c >= 0xC0 && i + 1 < piece.size()) c = (c & 31) << 6 | (static_cast<unsigned char>(piece[++i]) & 63);
    if (c >= 512 || kByteOf[c] < 0) return {};
    out += static_cast<char>(kByteOf[c]);
  }
  return out;
}

}  // namespace detail

// The byte-level vocabulary of a packed GGUF file; null where the file or xz is not there. Control tokens
// ("<|...|>") are left out, and the last of them ends.
inline std::shared_ptr<const Vocabulary> packed_vocabulary(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return nullptr;
  std::FILE* pipe = ::popen(("xz -dc '" + file.string() + "' 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return nullptr;
  std::string data;
  std::vector<char> part(1U << 16);
  for (std::size_t n = 1; n > 0;) {
    n = std::fread(part.data(), 1, part.size(), pipe);
    data.append(part.data(), n);
  }
  ::pclose(pipe);
  // key, u32 type of the value (array), u32 type of its items (string), u64 count, then u64 length and bytes.
  const std::string key = "tokenizer.ggml.tokens";
  std::size_t at = data.find(key);
  if (at == std::string::npos) return nullptr;
  at += key.size() + 8;
  const auto number = [&] {
    std::uint64_t value = 0;
    if (at + 8 <= data.size()) std::memcpy(&value, data.data() + at, 8);
    at += 8;
    return value;
  };
  std::vector<std::string> pieces(std::min<std::uint64_t>(number(), 1U << 20));
  std::vector<TokenId> ends;
  for (TokenId id = 0; id < pieces.size(); ++id) {
    const std::uint64_t length = number();
    if (length > data.size() || at + length > data.size()) return nullptr;
    const std::string_view piece(data.data() + at, length);
    at += length;
    if (piece.starts_with("<|") && piece.ends_with("|>")) {
      ends = {id};
    } else {
      pieces[id] = detail::from_byte_level(piece);
    }
  }
  return make_vocabulary(pieces, ends);
}

}  // namespace peregrine::grammar::testing
