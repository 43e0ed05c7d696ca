// Reads one call out of raw text that comes in pieces. One file per way of writing a call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "service/chat/conversation.h"
#include "service/chat/formats/format.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxCallBytes = 4U << 20;  // what is longer is no call
inline constexpr std::size_t kMaxNameBytes = 64;        // of a function

// What a call of a request may be named.
class CallableNames {
 public:
  CallableNames() = default;  // nothing
  explicit CallableNames(const ToolUse& tool_use);

  bool empty() const { return !any_ && names_.empty(); }
  bool contains(const std::string& name) const;

 private:
  std::set<std::string> names_;
  bool any_ = false;
};

// Letters, digits, '_' and '-': what names of functions are made of.
bool is_name_character(char c);

class CallTextReader {
 public:
  enum class Progress : std::uint8_t { kMore, kDone, kNotACall };

  virtual ~CallTextReader() = default;
  // The next text, without marks. `taken` is how much of it is the call's; kNotACall: no call goes on with
  // what follows that.
  virtual Progress push(std::string_view text, std::size_t& taken, OutputSink& sink) = 0;
  // The call is none, or is not going to be whole.
  virtual void abandon(OutputSink& sink) = 0;
};

}  // namespace peregrine::service
