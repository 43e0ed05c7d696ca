// Forms as clients write them, however they are cut; and forms that have no meaning.
#include "http/multipart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace peregrine::http {
namespace {

using Event = MultipartParser::Event;

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}
std::string numbered_parameters(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += "; p" + std::to_string(i) + "=1";
  return out;
}
std::string part(std::string_view name, std::string_view content) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" +
         std::string(content) + "\r\n";
}
std::string head(const std::string& lines) {
  return "--b\r\n" + lines + "\r\n\r\n1\r\n--b--\r\n";
}

struct Part {
  PartHead head;
  std::string content;
  bool operator==(const Part& other) const {
    return head.name == other.head.name && head.filename == other.head.filename &&
           head.content_type == other.head.content_type && content == other.content;
  }
};

std::ostream& operator<<(std::ostream& out, const Part& part) {
  return out << part.head.name << '|' << part.head.filename.value_or("(field)") << '|'
             << part.head.content_type << '|' << part.content;
}

// The parts of `body`, offered in pieces of `piece` bytes.
Result<std::vector<Part>> read(std::string_view body, std::size_t piece, std::string_view boundary = "b",
                               MultipartLimits limits = {}) {
  MultipartParser parser(boundary, limits);
  std::vector<Part> parts;
  while (!body.empty()) {
    // A copy of its own, so that a parser which keeps a view beyond the piece is found by the sanitizers.
    const std::string copy(body.substr(0, piece));
    body.remove_prefix(copy.size());
    std::string_view input = copy;
    for (;;) {
      PEREGRINE_ASSIGN(const Event event, parser.next(input));
      if (event == Event::kNeedInput) break;
      if (event == Event::kPart) parts.push_back({parser.head(), ""});
      if (event == Event::kData) parts.back().content += parser.data();
    }
    EXPECT_TRUE(input.empty());
  }
  PEREGRINE_TRY(parser.finish());
  return parts;
}

Part field(std::string name, std::string content) {
  return {{std::move(name), std::nullopt, ""}, std::move(content)};
}

struct Form {
  std::string_view name;
  std::string body;
  std::vector<Part> parts;
};

// What clients send, with boundary "b".
std::vector<Form> forms() {
  return {
      {"no part", "--b--\r\n", {}},
      {"one field", part("a", "1") + "--b--\r\n", {field("a", "1")}},
      {"no line end after the last boundary", part("a", "1") + "--b--", {field("a", "1")}},
      {"empty field", part("a", "") + "--b--\r\n", {field("a", "")}},
      {"preamble, padding and epilogue",
       "This is a form.\r\n--b \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b-- "
       "\r\nover\r\n--b",
       {field("a", "1")}},
      {"boundary within a line of the preamble",
       "x--b\r\n" + part("a", "1") + "--b--\r\n",
       {field("a", "1")}},
      {"empty line as preamble", "\r\n" + part("a", "1") + "--b--\r\n", {field("a", "1")}},
      {"repeated names, brackets",
       part("t[]", "word") + part("t[]", "segment") + "--b--\r\n",
       {field("t[]", "word"), field("t[]", "segment")}},
      {"unquoted, other case, other headers",
       "--b\r\nX-Other: y\r\nCONTENT-DISPOSITION:Form-Data;NAME=a\r\ncontent-transfer-encoding: "
       "BINARY\r\n\r\n1\r\n--b--",
       {field("a", "1")}},
      {"file as a browser sends it",
       "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22b%22 100%25.wav\"\r\n"
       "Content-Type: audio/wav\r\n\r\nRIFF\r\n--b--\r\n",
       {{{"file", "a \"b\" 100%25.wav", "audio/wav"}, "RIFF"}}},
      {"file as curl sends it",
       "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\" \\\\.wav\"\r\n"
       "Content-Type: application/octet-stream\r\n\r\nx\r\n--b--\r\n",
       {{{"file", ".wav", "application/octet-stream"}, "x"}}},
      {"utf-8 filename",
       "--b\r\nContent-Disposition: form-data; name=\"file\"; "
       "filename=\"gr\xC3\xBC\xC3\x9F.ogg\"\r\n\r\n\r\n--b--\r\n",
       {{{"file", "gr\xC3\xBC\xC3\x9F.ogg", ""}, ""}}},
      {"extended filename wins",
       "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"gr__.ogg\"; "
       "filename*=utf-8'de'gr%C3%BC%C3%9f.ogg;\r\n\r\n\r\n--b--\r\n",
       {{{"file", "gr\xC3\xBC\xC3\x9F.ogg", ""}, ""}}},
      {"paths are cut off",
       "--b\r\nContent-Disposition: form-data; name=\"file\"; "
       "filename=\"C:\\dir\\..\\../etc/a.wav\"\r\n\r\n\r\n--b--\r\n",
       {{{"file", "a.wav", ""}, ""}}},
      {"filename without content",
       "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--b--\r\n",
       {{{"file", "", ""}, ""}}},
      {"content that looks like delimiters",
       part("a", "\r\n\r\n--\r\n-b\r\n--\rb--b\n--b\r\r\r\n--a\r\n--B\r\n") + "--b--\r\n",
       {field("a", "\r\n\r\n--\r\n-b\r\n--\rb--b\n--b\r\r\r\n--a\r\n--B\r\n")}},
      {"carriage return before the delimiter", part("a", "\r") + "--b--", {field("a", "\r")}},
  };
}

TEST(Multipart, ReadsFormsHoweverTheyAreCut) {
  for (const Form& form : forms()) {
    for (std::size_t piece = 1; piece <= form.body.size(); ++piece) {
      const auto parts = read(form.body, piece);
      ASSERT_TRUE(parts.has_value()) << form.name << ", piece " << piece << ": " << parts.error().text();
      EXPECT_EQ(*parts, form.parts) << form.name << ", piece " << piece;
    }
  }
}

TEST(Multipart, KeepsEveryByteOfAFile) {
  const std::string boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
  std::string content;
  // All pairs of bytes, and every beginning of the delimiter, whole or doubled.
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; b += 5) content.append({static_cast<char>(a), static_cast<char>(b)});
  }
  const std::string delimiter = "\r\n--" + boundary;
  for (std::size_t n = 1; n < delimiter.size(); ++n) {
    content += delimiter.substr(0, n) + delimiter.substr(0, n) + "x";
  }
  const std::string body = "--" + boundary +
                           "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" +
                           content + delimiter + "--\r\n";
  for (const std::size_t piece : {1u, 2u, 3u, 7u, 39u, 40u, 41u, 42u, 1000u, 65536u}) {
    const auto parts = read(body, piece, boundary);
    ASSERT_TRUE(parts.has_value()) << parts.error().text();
    ASSERT_EQ(parts->size(), 1u);
    EXPECT_TRUE(parts->front().content == content) << "piece " << piece;
  }
}

struct BadForm {
  std::string_view name;
  std::string body;
};

TEST(Multipart, RefusesWhatHasNoMeaning) {
  const BadForm rows[] = {
#include "http/bad_forms.inc"
  };
  for (const BadForm& row : rows) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, row.body.size() + 1}) {
      const auto parts = read(row.body, piece);
      ASSERT_FALSE(parts.has_value()) << row.name << ", piece " << piece;
      EXPECT_EQ(parts.error().code, ErrorCode::kInvalidArgument) << row.name;
      EXPECT_TRUE(parts.error().message.ends_with('.')) << row.name << ": " << parts.error().message;
    }
  }
}

TEST(Multipart, RefusesWhatEndsEarlyAnywhere) {
  const std::string body = part("a", "1") + part("b", "2") + "--b--";
  for (std::size_t end = 0; end < body.size(); ++end) {
    EXPECT_FALSE(read(body.substr(0, end), 3).has_value()) << end;
  }
}

TEST(Multipart, LimitsAreInclusive) {
  MultipartLimits limits;
  limits.max_parts = 3;
  EXPECT_TRUE(read(repeat(part("a", "1"), 3) + "--b--", 9, "b", limits).has_value());
  EXPECT_FALSE(read(repeat(part("a", "1"), 4) + "--b--", 9, "b", limits).has_value());
  const std::string section = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";
  limits.max_part_header_bytes = section.size();
  EXPECT_TRUE(read(part("a", "1") + "--b--", 9, "b", limits).has_value());
  EXPECT_FALSE(read(part("aa", "1") + "--b--", 9, "b", limits).has_value());
  EXPECT_TRUE(read(std::string(section.size() - 2, 'x') + "\r\n--b--", 9, "b", limits).has_value());
  EXPECT_FALSE(read(std::string(4 * section.size(), 'x') + "\r\n--b--", 9, "b", limits).has_value());
}

TEST(Multipart, ErrorsStay) {
  MultipartParser parser("b");
  std::string_view wrong = "--bc\r\n";
  EXPECT_FALSE(parser.next(wrong).has_value());
  std::string_view right = "--b--\r\n";
  EXPECT_FALSE(parser.next(right).has_value());
  EXPECT_FALSE(parser.finish().has_value());
}

TEST(Multipart, FindsTheBoundary) {
  struct Row {
    std::string_view type, boundary;
    ErrorCode code = ErrorCode::kInternal;
  };
  const std::string longest(70, 'x');
  const Row rows[] = {
      {"multipart/form-data; boundary=abc", "abc"},
      {"Multipart/Form-Data ;charset=utf-8; Boundary=\"a b:c=?\"", "a b:c=?"},
      {"multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW;",
       "----WebKitFormBoundary7MA4YWxkTrZu0gW"},
      {"", "", ErrorCode::kUnsupported},
      {"application/json", "", ErrorCode::kUnsupported},
      {"multipart/form-data-x; boundary=abc", "", ErrorCode::kUnsupported},
      {"multipart/mixed; boundary=abc", "", ErrorCode::kUnsupported},
      {"multipart/form-data", "", ErrorCode::kInvalidArgument},
      {"multipart/form-data; boundary=", "", ErrorCode::kInvalidArgument},
      {"multipart/form-data; boundary=\"\"", "", ErrorCode::kInvalidArgument},
      {"multipart/form-data; boundary=\"a \"", "", ErrorCode::kInvalidArgument},
      {"multipart/form-data; boundary=\"a\\\\b\"", "", ErrorCode::kInvalidArgument},
      {"multipart/form-data; boundary=a; boundary=b", "", ErrorCode::kInvalidArgument},
      {"multipart/form-data; boundary=\"abc", "", ErrorCode::kInvalidArgument},
  };
  for (const Row& row : rows) {
    const auto boundary = multipart_boundary(row.type);
    if (row.code == ErrorCode::kInternal) {
      ASSERT_TRUE(boundary.has_value()) << row.type;
      EXPECT_EQ(*boundary, row.boundary);
    } else {
      ASSERT_FALSE(boundary.has_value()) << row.type;
      EXPECT_EQ(boundary.error().code, row.code) << row.type;
    }
  }
  EXPECT_TRUE(multipart_boundary("multipart/form-data; boundary=" + longest).has_value());
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=x" + longest).has_value());
}

}  // namespace
}  // namespace peregrine::http
