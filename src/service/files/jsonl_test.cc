#include "service/files/jsonl.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "base/file_descriptor.h"

namespace peregrine::service {
namespace {

Status check(std::string_view content, const JsonlLimits& limits = {}) {
  const base::FileDescriptor file(::memfd_create("jsonl", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
  return check_jsonl(file.get(), limits);
}

TEST(Jsonl, TakesObjectsLineByLine) {
  const std::string_view rows[] = {
      "{}",
      "{}\n",
      "{}\r\n{\"a\":[1,{\"b\":null}]}\r\n",
      " \t{\"a\":\"\xE2\x82\xAC \\u20ac \\n\"} \n{\"b\":1e400}\n",
  };
  for (const std::string_view row : rows) EXPECT_TRUE(check(row)) << row;
}

TEST(Jsonl, RefusesTheRestByLine) {
  struct Row {
    std::string content;
    std::string_view message;
  };
  const Row rows[] = {
      {"", "The file is empty."},
      {"\n", "The file is empty."},
      {"\n{}\n", "Line 1 is empty."},
      {"{}\n\n\n{}", "Line 2 is empty."},
      {"{}\n \r\n{}\n", "Line 2 is empty."},
      {"[]\n", "Line 1 is not a JSON object."},
      {"{}\n\"{}\"\n", "Line 2 is not a JSON object."},
      {"{}\n7\n", "Line 2 is not a JSON object."},
      {"\xEF\xBB\xBF{}\n", "Line 1 is not a JSON object."},
      {"{\"a\":1}\n{\"a\":\n", "Line 2 is not valid JSON: it ends too early."},
      {"{\"a\":1\n}\n", "Line 1 is not valid JSON: it ends too early."},
      {"{}{}\n", "Line 1 has something behind its JSON object."},
      {"{} x\n", "Line 1 has something behind its JSON object."},
      {"{'a':1}\n", "Line 1 is not valid JSON: "},
      {"{\"a\":1,}\n", "Line 1 is not valid JSON: "},
      {"{\"a\":NaN}\n", "Line 1 is not valid JSON: "},
      {"{/**/}\n", "Line 1 is not valid JSON: "},
      {"{\"a\":\"\xff\"}\n", "Line 1 is not valid JSON: "},
      {"{\"a\":\"\xC3\"}\n", "Line 1 is not valid JSON: "},
      {"{\"a\":\"\t\"}\n", "Line 1 is not valid JSON: "},
      {std::string("{}\n{\"a\":1}\0\n", 12), "Line 2 has something behind its JSON object."},
      {"{\"a\":" + std::string(64, '[') + std::string(64, ']') + "}\n", "Line 1 is not valid JSON: "},
      {"PK\x03\x04", "Line 1 is not a JSON object."},
  };
  for (const Row& row : rows) {
    const Status status = check(row.content);
    ASSERT_FALSE(status) << row.content;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
    EXPECT_TRUE(status.error().message.starts_with(row.message))
        << status.error().message << " for " << row.content;
  }
}

TEST(Jsonl, LimitsAreInclusive) {
  JsonlLimits limits;
  limits.max_lines = 2;
  limits.max_line_bytes = 9;
  limits.max_depth = 2;
  EXPECT_TRUE(check("{\"a\":[1]}\n{}\n", limits));
  EXPECT_TRUE(check("{}\n{}", limits));
  EXPECT_EQ(check("{}\n{}\n{}", limits).error().message, "The file has more than 2 lines.");
  EXPECT_EQ(check("{}\n{\"a\":[12]}\n", limits).error().message, "Line 2 is longer than 9 bytes.");
  EXPECT_EQ(check("{}\n          ", limits).error().message, "Line 2 is longer than 9 bytes.");
  EXPECT_FALSE(check("{\"\":[[]]}\n", limits));
}

// Lines lie across the pieces in which the file is read.
TEST(Jsonl, ReadsLargeFiles) {
  const std::string line =
      "{\"custom_id\":\"request\",\"body\":{\"text\":\"" + std::string(99'991, 'x') + "\"}}\n";
  std::string content;
  for (int i = 0; i < 50; ++i) content += line;
  EXPECT_TRUE(check(content));
  content[content.size() - 100] = '"';
  EXPECT_TRUE(check(content).error().message.starts_with("Line 50 is not valid JSON"));
}

}  // namespace
}  // namespace peregrine::service
