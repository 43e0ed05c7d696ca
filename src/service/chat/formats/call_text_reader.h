// Reads one call out of raw text that comes in pieces. One file per way of writing a call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "service/chat/formats/format.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxCallBytes = 4U << 20;  // what is longer is no call

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
