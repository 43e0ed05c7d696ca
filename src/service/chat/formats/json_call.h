// {"name": "f", "arguments": {...}}: how most families write a call.
//
// "parameters" stands for "arguments" as well. Members come in any order, others are passed over; arguments
// given as a string that holds a JSON object are taken out of it; absent, null or blank ones are {}. A call
// begins for the sink once its name and the beginning of its arguments are known, and goes on as written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "service/chat/formats/call_text_reader.h"
#include "service/chat/formats/callable_names.h"
#include "service/chat/formats/json_scanner.h"
#include "service/chat/formats/json_unescape.h"

namespace peregrine::service {

class JsonCallReader final : public CallTextReader {
 public:
  // kStrict where nothing but its own text says that this is a call: only members that calls are known to
  // have come before the name, so that an answer in JSON is soon told apart.
  enum class OtherMembers : std::uint8_t { kAny, kStrict };

  // `names` must outlive the reader.
  JsonCallReader(const CallableNames& names, OtherMembers others) : names_(names), others_(others) {}

  Progress push(std::string_view text, std::size_t& taken, OutputSink& sink) override;
  void abandon(OutputSink& sink) override;

 private:
  enum class Member : std::uint8_t { kOther, kName, kArguments };
  enum class Arguments : std::uint8_t { kAbsent, kObject, kString, kWhole };

  bool step(char c, OutputSink& sink);
  bool key_ended();
  bool value_begins(char c);
  bool read_member(char c, JsonScanner::At before, JsonScanner::At after);
  bool name_ended();
  bool unwrap(char c, bool closing);
  void arguments_piece(std::string_view piece);
  void begin(OutputSink& sink);
  void flush(OutputSink& sink);
  void finish(OutputSink& sink);

  const CallableNames& names_;
  OtherMembers others_;
  JsonScanner scanner_;
  JsonUnescape unescape_;
  std::string key_;
  Member member_ = Member::kOther;
  std::string name_;
  bool named_ = false;
  Arguments arguments_ = Arguments::kAbsent;
  JsonScanner inner_;    // of arguments in a string
  std::string decoded_;  // the character of that string just read
  std::string piece_;    // of the arguments, not told yet
  std::size_t bytes_ = 0;
  bool begun_ = false;  // for the sink
};

// NAME is known from elsewhere; the text is the arguments' object alone.
class ArgumentsReader final : public CallTextReader {
 public:
  explicit ArgumentsReader(std::string name) : name_(std::move(name)) {}

  Progress push(std::string_view text, std::size_t& taken, OutputSink& sink) override;
  void abandon(OutputSink& sink) override;

 private:
  std::string name_;
  JsonScanner scanner_;
  std::size_t bytes_ = 0;
  bool begun_ = false;
};

}  // namespace peregrine::service
