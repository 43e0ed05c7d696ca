// Answers to numbered lines, appended as they come: a file of records, each the line's number, a checksum and
// a text without line feeds.
//
// What was appended is kept when sync() returned. A process that dies before leaves a tail that is torn at
// worst: open() cuts it off, so that every record there is, is whole. One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/function_ref.h"
#include "base/result.h"

namespace peregrine::store {

inline constexpr std::uint32_t kMaxAnswerLine = 99'999'999;

class AnswerLog {
 public:
  // Makes the file where there is none, and calls `visit` with the line of every record. Errors: kIo,
  // kResourceExhausted when the disk is full.
  static Result<AnswerLog> open(const std::filesystem::path& path,
                                base::FunctionRef<void(std::uint32_t line)> visit);

  // Of a line, from 1 to kMaxAnswerLine. Errors: kInvalidArgument for a line feed in `text`.
  Status append(std::uint32_t line, std::string_view text);
  Status sync();
  // All texts, each with a line feed behind it, into `file` at its position.
  Status copy_to(int file) const;

  std::uint64_t records() const { return records_; }

 private:
  AnswerLog(std::filesystem::path path, base::FileDescriptor file)
      : path_(std::move(path)), file_(std::move(file)) {}
  Status flush();

  std::filesystem::path path_;
  base::FileDescriptor file_;
  std::uint64_t bytes_ = 0;  // written, all of whole records
  std::uint64_t records_ = 0;
  std::string pending_;
};

// For who looks at a log without changing it: its whole records up to the first that is torn; nothing: there
// is no such file. Somebody may be appending. Errors: kIo.
Result<std::optional<std::uint64_t>> count_answers(const std::filesystem::path& path);

}  // namespace peregrine::store
