#include "gguf/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gguf/file.h"
#include "gguf/testing/raw_image.h"
#include "gguf/writer.h"

namespace peregrine::gguf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Owns the bytes that a File looks at.
struct Model {
  explicit Model(const Writer& writer) : bytes(writer.bytes().value()), file(File::parse(bytes).value()) {}
  std::vector<std::byte> bytes;
  File file;
  const Metadata& operator*() const { return file.metadata(); }
  const Metadata* operator->() const { return &file.metadata(); }
};

template <class T>
void expect_error(const Result<T>& result, ErrorCode code, std::string_view where,
                  std::string_view fragment) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, code);
  EXPECT_EQ(result.error().where, where);
  EXPECT_THAT(result.error().message, HasSubstr(fragment));
}

TEST(Metadata, EveryScalarTypeComesBackAsWritten) {
  Writer w;
  w.add_u8("u8", 255);
  w.add_i8("i8", -128);
  w.add_u16("u16", 65535);
  w.add_i16("i16", -32768);
  w.add_u32("u32", 4294967295U);
  w.add_i32("i32", std::numeric_limits<std::int32_t>::min());
  w.add_u64("u64", std::numeric_limits<std::uint64_t>::max());
  w.add_i64("i64", std::numeric_limits<std::int64_t>::min());
  w.add_f32("f32", 0.1F);
  w.add_f64("f64", 0.1);
  w.add_bool("no", false);
  w.add_bool("yes", true);
  w.add_string("string", "caf\xC3\xA9");
  const Model m(w);

  std::vector<ValueType> types;
  std::vector<std::string> rendered;
  for (const auto& entry : m->entries()) {
    types.push_back(entry.type);
    rendered.push_back(m->render(entry, 80));
    EXPECT_EQ(entry.element_type, entry.type);
    EXPECT_EQ(entry.count, 1U);
  }
  using enum ValueType;
  EXPECT_THAT(types,
              ElementsAre(kU8, kI8, kU16, kI16, kU32, kI32, kU64, kI64, kF32, kF64, kBool, kBool, kString));
  EXPECT_THAT(rendered, ElementsAre("255", "-128", "65535", "-32768", "4294967295", "-2147483648",
                                    "18446744073709551615", "-9223372036854775808", "0.1", "0.1", "false",
                                    "true", "\"caf\xC3\xA9\""));
  EXPECT_EQ(m->u32("u8"), 255U);
  EXPECT_EQ(m->u64("u64"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(m->f32("f32"), 0.1F);
  EXPECT_EQ(m->f32("f64"), 0.1F);
  EXPECT_EQ(m->f32("i8"), -128.0F);
  EXPECT_EQ(m->f32("u64"), 18446744073709551616.0F);
  EXPECT_EQ(m->string("string"), "caf\xC3\xA9");
  EXPECT_EQ(m->boolean("no"), false);
  EXPECT_EQ(m->boolean("yes"), true);
}

TEST(Metadata, IntegersAreAcceptedWhenTheyFitWhateverTheirStoredType) {
  Writer w;
  w.add_u64("small", 4294967295U);
  w.add_u64("large", 4294967296U);
  w.add_i8("minus", -1);
  w.add_i64("plus", 7);
  const Model m(w);
  EXPECT_EQ(m->u32("small"), 4294967295U);
  EXPECT_EQ(m->u64("large"), 4294967296U);
  EXPECT_EQ(m->u32("plus"), 7U);
  expect_error(m->u32("large"), ErrorCode::kInvalidArgument, "large", "does not fit in u32");
  expect_error(m->u64("minus"), ErrorCode::kInvalidArgument, "minus", "does not fit in u64");
}

TEST(Metadata, WrongTypesAreErrorsThatNameTheKeyEvenWithAFallback) {
  Writer w;
  w.add_string("string", "1");
  w.add_f32("float", 1);
  w.add_bool("bool", true);
  w.add_array<std::int32_t>("array", std::array{1, 2});
  const Model m(w);
  expect_error(m->u32("string"), ErrorCode::kInvalidArgument, "string", "is of type string, needed: u32");
  expect_error(m->u32_or("float", 3), ErrorCode::kInvalidArgument, "float", "is of type f32, needed: u32");
  expect_error(m->u64_or("bool", 3), ErrorCode::kInvalidArgument, "bool", "is of type bool, needed: u64");
  expect_error(m->f32("bool"), ErrorCode::kInvalidArgument, "bool", "needed: f32");
  expect_error(m->f32_or("string", 1), ErrorCode::kInvalidArgument, "string", "needed: f32");
  expect_error(m->boolean_or("float", true), ErrorCode::kInvalidArgument, "float", "needed: bool");
  expect_error(m->string_or("array", ""), ErrorCode::kInvalidArgument, "array", "is of type array of i32");
  expect_error(m->u32("array"), ErrorCode::kInvalidArgument, "array", "needed: u32");
  expect_error(m->u32s("float"), ErrorCode::kInvalidArgument, "float", "needed: array of u32");
  expect_error(m->strings("array"), ErrorCode::kInvalidArgument, "array", "needed: array of string");
  expect_error(m->booleans("array"), ErrorCode::kInvalidArgument, "array", "needed: array of bool");
}

TEST(Metadata, MissingKeysAreNotFoundOrFallBack) {
  const Model m{Writer()};
  expect_error(m->u32("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->u64("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->f32("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->boolean("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->string("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->strings("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->f32s("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->i32s("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  expect_error(m->u32s("no.such"), ErrorCode::kNotFound, "no.such", "no such key");
  EXPECT_EQ(m->u32_or("k", 5), 5U);
  EXPECT_EQ(m->u64_or("k", 6), 6U);
  EXPECT_EQ(m->f32_or("k", 0.5F), 0.5F);
  EXPECT_EQ(m->boolean_or("k", true), true);
  EXPECT_EQ(m->string_or("k", "x"), "x");
}

TEST(Metadata, FloatsOutOfRangeAreRefusedAndNonFiniteOnesKept) {
  Writer w;
  w.add_f64("huge", 1e300);
  w.add_f64("infinite", -std::numeric_limits<double>::infinity());
  w.add_f32("nan", std::numeric_limits<float>::quiet_NaN());
  w.add_array<double>("huges", std::array{1.0, -1e300});
  const Model m(w);
  expect_error(m->f32("huge"), ErrorCode::kInvalidArgument, "huge", "does not fit in f32");
  expect_error(m->f32s("huges"), ErrorCode::kInvalidArgument, "huges", "element 1 does not fit in f32");
  EXPECT_EQ(m->f32("infinite"), -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(m->f32("nan").value()));
}

TEST(Metadata, ArraysOfEveryElementTypeComeBack) {
  Writer w;
  w.add_array<std::uint8_t>("u8", std::array<std::uint8_t, 2>{0, 255});
  w.add_array<std::int8_t>("i8", std::array<std::int8_t, 2>{-128, 127});
  w.add_array<std::uint16_t>("u16", std::array<std::uint16_t, 2>{0, 65535});
  w.add_array<std::int16_t>("i16", std::array<std::int16_t, 2>{-32768, 32767});
  w.add_array<std::uint32_t>("u32", std::array{0U, 4294967295U});
  w.add_array<std::int32_t>("i32", std::array{-7, 7});
  w.add_array<std::uint64_t>("u64", std::array<std::uint64_t, 2>{1, 1ULL << 40});
  w.add_array<std::int64_t>("i64", std::array<std::int64_t, 2>{-1, 1});
  w.add_array<float>("f32", std::array{0.5F, -0.5F});
  w.add_array<double>("f64", std::array{0.25, 1e-3});
  w.add_array<bool>("bool", std::array{true, false, true});
  w.add_strings("string", std::array<std::string_view, 3>{"", "a", "\xFF\x00z"});
  w.add_array<float>("none", {});
  w.add_strings("no strings", std::span<const std::string>{});
  const Model m(w);
  EXPECT_THAT(m->u32s("u8").value(), ElementsAre(0, 255));
  EXPECT_THAT(m->i32s("i8").value(), ElementsAre(-128, 127));
  EXPECT_THAT(m->i32s("u16").value(), ElementsAre(0, 65535));
  EXPECT_THAT(m->i32s("i16").value(), ElementsAre(-32768, 32767));
  EXPECT_THAT(m->u32s("u32").value(), ElementsAre(0, 4294967295U));
  EXPECT_THAT(m->i32s("i32").value(), ElementsAre(-7, 7));
  EXPECT_THAT(m->f32s("i64").value(), ElementsAre(-1.0F, 1.0F));
  EXPECT_THAT(m->f32s("f32").value(), ElementsAre(0.5F, -0.5F));
  EXPECT_THAT(m->f32s("f64").value(), ElementsAre(0.25F, 1e-3F));
  EXPECT_THAT(m->booleans("bool").value(), ElementsAre(true, false, true));
  EXPECT_THAT(m->strings("string").value(), ElementsAre("", "a", "\xFF"));  // the literal ends at its zero
  EXPECT_TRUE(m->f32s("none").value().empty());
  EXPECT_TRUE(m->strings("no strings").value().empty());
  expect_error(m->i32s("u32"), ErrorCode::kInvalidArgument, "u32", "element 1 does not fit in i32");
  expect_error(m->u32s("i64"), ErrorCode::kInvalidArgument, "i64", "element 0 does not fit in u32");
  expect_error(m->u32s("u64"), ErrorCode::kInvalidArgument, "u64", "element 1 does not fit in u32");
  expect_error(m->u32s("f32"), ErrorCode::kInvalidArgument, "f32",
               "is of type array of f32, needed: array of u32");
}

TEST(Metadata, KeepsZeroBytesInStrings) {
  Writer w;
  const std::string value("a\0b", 3);
  w.add_string("k", value);
  w.add_strings("ks", std::array{value, std::string("\0", 1)});
  const Model m(w);
  EXPECT_EQ(m->string("k"), value);
  EXPECT_EQ(m->strings("ks").value()[0], value);
  EXPECT_EQ(m->strings("ks").value()[1].size(), 1U);
}

TEST(Metadata, FindsEveryKeyAmongManyAndNoOther) {
  Writer w;
  for (std::uint32_t i = 0; i < 1000; ++i) w.add_u32(std::to_string(i * 7919 % 1000), i);
  const Model m(w);
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(m->u32(std::to_string(i * 7919 % 1000)), i);
  EXPECT_FALSE(m->contains("1000"));
  EXPECT_FALSE(m->contains(""));
  EXPECT_EQ(m->entries()[1].key, "919") << "file order";
}

TEST(MetadataRender, ShortensArraysAndStringsToTheLimit) {
  Writer w;
  w.add_array<std::int32_t>("numbers", std::array{1, 22, 333, 4444, 55555});
  w.add_strings("words", std::array<std::string_view, 3>{"<unk>", "\n", "\xC4\xA0the"});
  w.add_array<float>("none", {});
  w.add_string("long", std::string(100, 'x'));
  const Model m(w);
  const auto render = [&](std::string_view key, std::size_t limit) {
    return m->render(*m->find(key), limit);
  };
  EXPECT_EQ(render("numbers", 80), "[1, 22, 333, 4444, 55555] (5)");
  EXPECT_EQ(render("numbers", 29), "[1, 22, 333, 4444, 55555] (5)");
  EXPECT_EQ(render("numbers", 28), "[1, 22, 333, 4444, \u2026] (5)");
  EXPECT_EQ(render("numbers", 12), "[1, \u2026] (5)");
  EXPECT_EQ(render("numbers", 4), "[\u2026]\u2026");
  EXPECT_EQ(render("numbers", 0), "");
  EXPECT_EQ(render("words", 80), "[\"<unk>\", \"\\n\", \"\xC4\xA0the\"] (3)");
  EXPECT_EQ(render("none", 80), "[] (0)");
  EXPECT_EQ(render("long", 10), "\"xxxxxxx\u2026\"");
}

TEST(MetadataRender, EscapesWhatATerminalWouldActOn) {
  Writer w;
  w.add_string("k", "a\x1B[31m\"q\"\\\r\xC2\x9B\xE2\x80\xAE\xFF");
  const Model m(w);
  EXPECT_EQ(m->render(*m->find("k"), 80), R"("a\x1b[31m\"q\"\\\r\u{9b}\u{202e}\xff")");
}

}  // namespace
}  // namespace peregrine::gguf
