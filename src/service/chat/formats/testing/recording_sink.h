// What a parser told, put together, and a check that it kept the rules of OutputSink.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "service/chat/formats/format.h"

namespace peregrine::service::testing {

struct RecordedCall {
  std::string id;
  std::string name;
  std::string arguments;
  bool complete = false;
  bool operator==(const RecordedCall&) const = default;
};

struct Recorded {
  std::string content;
  std::string reasoning;
  std::vector<RecordedCall> calls;
  bool operator==(const Recorded&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Recorded& recorded) {
  out << "content: " << recorded.content.substr(0, 400) << "\nreasoning: " << recorded.reasoning;
  for (const RecordedCall& call : recorded.calls) {
    out << "\ncall " << call.id << " " << call.name << (call.complete ? " " : " broken ")
        << call.arguments.substr(0, 400);
  }
  return out;
}

class RecordingSink final : public OutputSink {
 public:
  // `raw`: the whole text that the parser will have been given.
  explicit RecordingSink(std::string_view raw) : raw_(raw) {}

  const Recorded& recorded() const { return recorded_; }

  void content(std::string_view text, std::size_t raw) override {
    EXPECT_FALSE(open_) << "content within a call";
    EXPECT_EQ(raw_.substr(std::min(raw, raw_.size()), text.size()), text) << "no stretch of the raw text";
    EXPECT_GE(raw, behind_) << "content goes back";
    EXPECT_EQ(text.find(kControlMark), std::string_view::npos);
    behind_ = raw + text.size();
    recorded_.content += text;
  }
  void reasoning(std::string_view text) override { recorded_.reasoning += text; }
  void call_begin(std::string_view id, std::string_view name) override {
    EXPECT_FALSE(open_) << "a call within a call";
    open_ = true;
    recorded_.calls.push_back({std::string(id), std::string(name), {}, false});
  }
  void call_arguments(std::string_view piece) override {
    ASSERT_TRUE(open_) << "arguments without a call";
    recorded_.calls.back().arguments += piece;
  }
  void call_end(bool complete) override {
    ASSERT_TRUE(open_) << "the end of no call";
    open_ = false;
    recorded_.calls.back().complete = complete;
  }

 private:
  std::string_view raw_;
  Recorded recorded_;
  bool open_ = false;
  std::size_t behind_ = 0;
};

}  // namespace peregrine::service::testing
