// Listens to a parser: what it says of a raw text, in whatever pieces it gets it.
#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "service/chat/formats/format.h"
#include "service/chat/formats/marks.h"

namespace peregrine::service::testing {

struct HeardCall {
  std::string id;
  std::string name;
  std::string arguments;
  bool complete = false;
  std::size_t after = 0;  // bytes of content before it

  bool operator==(const HeardCall&) const = default;
};

// What a sink was told; `problem` says what no sink may be told.
struct Heard {
  std::string content;
  std::string reasoning;
  std::vector<HeardCall> calls;
  std::string problem;

  bool operator==(const Heard&) const = default;
};

class HearingSink final : public OutputSink {
 public:
  explicit HearingSink(std::string_view raw) : raw_(raw) {}

  void content(std::string_view text, std::size_t raw) override {
    require(raw >= end_ && raw <= raw_.size() && raw_.substr(raw, text.size()) == text,
            "content is elsewhere");
    require(!within_, "content within a call");
    end_ = raw + text.size();
    take(text, heard.content);
  }
  void reasoning(std::string_view text) override {
    require(!within_, "reasoning within a call");
    take(text, heard.reasoning);
  }
  void call_begin(std::string_view id, std::string_view name) override {
    require(!within_, "a call within a call");
    within_ = true;
    heard.calls.push_back({std::string(id), std::string(name), {}, false, heard.content.size()});
  }
  void call_arguments(std::string_view piece) override {
    require(within_, "arguments of no call");
    if (within_) take(piece, heard.calls.back().arguments);
  }
  void call_end(bool complete) override {
    require(within_, "the end of no call");
    if (within_) heard.calls.back().complete = complete;
    within_ = false;
  }
  void finished() { require(!within_, "a call without an end"); }

  Heard heard;

 private:
  void require(bool condition, const char* problem) {
    if (!condition) heard.problem = problem;
  }
  void take(std::string_view text, std::string& to) {
    require(text.find(kControlMark) == std::string_view::npos, "a mark");
    require(!text.empty(), "nothing");
    to += text;
  }

  std::string_view raw_;
  std::size_t end_ = 0;
  bool within_ = false;
};

// Characters and marks: what no piece of a raw text may divide.
inline std::vector<std::string> atoms(std::string_view raw) {
  std::vector<std::string> all;
  while (!raw.empty()) {
    std::size_t length = mark_length(raw);
    if (length == 0) length = base::utf8_decode(raw).length;
    all.emplace_back(raw.substr(0, length));
    raw.remove_prefix(length);
  }
  return all;
}

// Reads atoms that are pushed together until cut_after(index) says so.
inline Heard read_cut(const ChatFormat& format, const FormatRequest& request,
                      const std::vector<std::string>& pieces,
                      const std::function<bool(std::size_t)>& cut_after) {
  std::string raw;
  for (const std::string& piece : pieces) raw += piece;
  HearingSink sink(raw);
  const auto parser = format.parser(request);
  std::string due;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    due += pieces[i];
    if (!cut_after(i)) continue;
    parser->push(due, sink);
    due.clear();
  }
  parser->push(due, sink);
  parser->finish(sink);
  sink.finished();
  return sink.heard;
}

inline Heard read_whole(const ChatFormat& format, const FormatRequest& request, std::string_view raw) {
  return read_cut(format, request, {std::string(raw)}, [](std::size_t) { return false; });
}

inline std::ostream& operator<<(std::ostream& out, const Heard& heard) {
  out << "content \"" << heard.content << "\", reasoning \"" << heard.reasoning << "\"";
  for (const HeardCall& call : heard.calls) {
    out << ", " << (call.complete ? "" : "broken ") << "call " << call.id << " " << call.name << " "
        << call.arguments;
  }
  return out << (heard.problem.empty() ? "" : ", problem: ") << heard.problem;
}

}  // namespace peregrine::service::testing
