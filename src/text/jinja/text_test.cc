#include "text/jinja/text.h"

#include <gtest/gtest.h>

#include <random>

#include "text/jinja/text_ops.h"

namespace peregrine::jinja {
namespace {

// The same content one flag per byte: the plain model that texts are compared with.
struct Model {
  std::string bytes;
  std::string flags;  // 't' or 'u' for each byte

  void append(const Model& other, std::size_t begin, std::size_t end) {
    bytes += other.bytes.substr(begin, end - begin);
    flags += other.flags.substr(begin, end - begin);
  }
};

Model model_of(const Text& text) {
  Model model;
  text.for_each_run(0, text.size(), [&](std::string_view bytes, bool trusted) {
    model.bytes += bytes;
    model.flags.append(bytes.size(), trusted ? 't' : 'u');
  });
  return model;
}

TEST(Text, AgreesWithOneFlagPerByte) {
  std::mt19937 random(7);
  Heap heap{Limits{}};
  const std::string_view pieces[] = {"a", "bc", "é", "世界", "🚀", "", " x "};
  for (int round = 0; round < 300; ++round) {
    TextBuilder builder(heap);
    Model model;
    for (int i = 0; i < 12; ++i) {
      const std::string_view piece = pieces[random() % std::size(pieces)];
      const bool trusted = random() % 2 == 0;
      builder.append(piece, trusted);
      model.bytes += piece;
      model.flags.append(piece.size(), trusted ? 't' : 'u');
    }
    const Text text = builder.finish().value();
    ASSERT_EQ(model_of(text).bytes, model.bytes);
    ASSERT_EQ(model_of(text).flags, model.flags);
    EXPECT_EQ(text.trusted(), model.flags.find('u') == std::string::npos);

    std::size_t index = 0;
    for (CodePoints points(text); points.next(); ++index) {
      EXPECT_EQ(text.offset_of(index), points.offset());
      EXPECT_EQ(points.trusted(), model.flags[points.offset()] == 't');
      EXPECT_EQ(points.bytes(), model.bytes.substr(points.offset(), points.bytes().size()));
    }
    EXPECT_EQ(text.length(), index);
    EXPECT_EQ(text.offset_of(index), text.size());

    if (index == 0) continue;
    const std::size_t begin = text.offset_of(random() % index);
    const std::size_t end = std::max(begin, text.offset_of(random() % (index + 1)));
    Model part;
    part.append(model, begin, end);
    const Text slice = substring(heap, text, begin, end).value();
    EXPECT_EQ(model_of(slice).bytes, part.bytes);
    EXPECT_EQ(model_of(slice).flags, part.flags);
  }
}

TEST(Text, SearchesAgreeWithTheStandardLibrary) {
  std::mt19937 random(11);
  for (int round = 0; round < 5000; ++round) {
    const auto word = [&](std::size_t longest) {
      std::string out;
      for (std::size_t n = random() % (longest + 1); n > 0; --n) out.push_back("ab"[random() % 2]);
      return out;
    };
    const std::string haystack = word(14);
    const std::string needle = word(4);
    const std::size_t from = random() % 16;
    EXPECT_EQ(find_bytes(haystack, needle, from), haystack.find(needle, from)) << haystack << ' ' << needle;
    const std::size_t end = random() % (haystack.size() + 1);
    EXPECT_EQ(rfind_bytes(haystack, needle, end), haystack.substr(0, end).rfind(needle))
        << haystack << ' ' << needle;
  }
}

TEST(Text, ReplaceAgreesWithACharacterAtATime) {
  std::mt19937 random(13);
  Heap heap{Limits{}};
  for (int round = 0; round < 2000; ++round) {
    std::string source;
    for (std::size_t n = random() % 12; n > 0; --n) source.push_back("abc"[random() % 3]);
    std::string old;
    for (std::size_t n = 1 + random() % 2; n > 0; --n) old.push_back("abc"[random() % 3]);
    const std::int64_t count = static_cast<std::int64_t>(random() % 4) - 1;
    std::string expected;
    std::int64_t left = count;
    for (std::size_t i = 0; i < source.size();) {
      if (left != 0 && source.compare(i, old.size(), old) == 0) {
        expected += "<>";
        i += old.size();
        --left;
      } else {
        expected.push_back(source[i++]);
      }
    }
    const Text text = make_text(heap, source, false).value();
    const Text result = replace(heap, text, Text::literal(old), Text::literal("<>"), count).value();
    EXPECT_EQ(result.view(), expected);
    for (CodePoints points(result); points.next();) {
      EXPECT_EQ(points.trusted(), points.value() == U'<' || points.value() == U'>');
    }
  }
}

TEST(Text, InvalidUtf8BecomesReplacementCharacters) {
  Heap heap{Limits{}};
  const Text text = make_text(heap, "a\xFF\xC3(\xE2\x82", true).value();
  EXPECT_EQ(text.view(), "a\uFFFD\uFFFD(\uFFFD");
  EXPECT_EQ(text.length(), 5U);
}

TEST(Text, MemoryIsGivenBack) {
  Limits limits;
  limits.max_memory_bytes = 100'000;
  Heap heap(limits);
  for (int i = 0; i < 100; ++i) {
    TextBuilder builder(heap);
    builder.append_repeated("ab", 10'000, true);
    ASSERT_TRUE(builder.finish()) << i;
  }
  TextBuilder builder(heap);
  builder.append_repeated("ab", 60'000, true);
  const auto refused = builder.finish();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("max_memory_bytes"), std::string::npos);
}

}  // namespace
}  // namespace peregrine::jinja
