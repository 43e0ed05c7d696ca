#include "store/batches/answer_log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "store/testing/folder.h"

namespace peregrine::store {
namespace {

using Lines = std::vector<std::uint32_t>;

class Logs : public ::testing::Test {
 protected:
  Logs() { std::filesystem::create_directories(folder_.path()); }

  AnswerLog open() {
    seen_.clear();
    auto log = AnswerLog::open(path_, [this](std::uint32_t line) { seen_.push_back(line); });
    EXPECT_TRUE(log.has_value()) << log.error().text();
    return std::move(*log);
  }
  std::string bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // The bytes of a log of the lines 1 and 2.
  std::string two_records() {
    AnswerLog log = open();
    EXPECT_TRUE(log.append(1, "one").has_value());
    EXPECT_TRUE(log.append(2, "two").has_value());
    EXPECT_TRUE(log.sync().has_value());
    return bytes();
  }
  void write(const std::string& content) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
  }
  std::string copy(const AnswerLog& log) const {
    const std::filesystem::path to = folder_.path() / "copy";
    const base::FileDescriptor file(::open(to.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    EXPECT_TRUE(log.copy_to(file.get()).has_value());
    std::ifstream in(to, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  testing::Folder folder_;
  std::filesystem::path path_ = folder_.path() / "log";
  Lines seen_;
};

TEST_F(Logs, WhatWasAppendedIsThere) {
  {
    AnswerLog log = open();
    EXPECT_TRUE(seen_.empty());
    ASSERT_TRUE(log.append(7, "{\"a\":1}").has_value());
    ASSERT_TRUE(log.append(3, "").has_value());
    ASSERT_TRUE(log.append(kMaxAnswerLine, std::string(700'000, 'x')).has_value());
    ASSERT_TRUE(log.sync().has_value());
  }
  AnswerLog log = open();
  EXPECT_EQ(seen_, (Lines{7, 3, kMaxAnswerLine}));
  EXPECT_EQ(log.records(), 3u);
  ASSERT_TRUE(log.append(8, "last").has_value());
  ASSERT_TRUE(log.sync().has_value());
  EXPECT_EQ(copy(log), "{\"a\":1}\n\n" + std::string(700'000, 'x') + "\nlast\n");
}

TEST_F(Logs, TakesNoLineFeedsAndNoOddNumbers) {
  AnswerLog log = open();
  EXPECT_FALSE(log.append(1, "a\nb").has_value());
  EXPECT_FALSE(log.append(0, "a").has_value());
  EXPECT_FALSE(log.append(kMaxAnswerLine + 1, "a").has_value());
  EXPECT_EQ(log.records(), 0u);
}

// Wherever the file ends, what is whole is there, and what comes later follows it.
TEST_F(Logs, ATornTailIsCutOff) {
  const std::string whole = two_records();
  const std::size_t first = whole.find('\n') + 1;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    write(whole.substr(0, size));
    const Lines expected = size == whole.size() ? Lines{1, 2} : size >= first ? Lines{1} : Lines{};
    {
      AnswerLog log = open();
      EXPECT_EQ(seen_, expected) << size;
      ASSERT_TRUE(log.append(9, "nine").has_value());
      ASSERT_TRUE(log.sync().has_value());
    }
    open();
    Lines more = expected;
    more.push_back(9);
    EXPECT_EQ(seen_, more) << size;
  }
}

// A power cut may leave a tail of the right size with anything in it.
TEST_F(Logs, AnyChangedByteEndsTheLogThere) {
  const std::string whole = two_records();
  const std::size_t first = whole.find('\n') + 1;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const char c : {'\0', '\n', '5'}) {
      if (whole[i] == c) continue;
      std::string changed = whole;
      changed[i] = c;
      write(changed);
      open();
      EXPECT_EQ(seen_, i < first ? Lines{} : Lines{1}) << i;
    }
  }
  write(whole + std::string(5000, '\0'));
  open();
  EXPECT_EQ(seen_, (Lines{1, 2}));
  EXPECT_EQ(bytes(), whole);
}

TEST_F(Logs, AFolderThatIsNotThereIsAnError) {
  const auto log = AnswerLog::open(folder_.path() / "none" / "log", [](std::uint32_t) {});
  ASSERT_FALSE(log.has_value());
  EXPECT_EQ(log.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace peregrine::store
