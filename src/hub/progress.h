// What a running download tells, and how it is told to stop.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace peregrine::hub {

enum class Stage : std::uint8_t {
  kAsking,   // for names, sizes, digests
  kWaiting,  // before a retry; `note` says why
  kDownloading,
  kChecking,  // reading the file again for its digest
};

struct Progress {
  Stage stage = Stage::kAsking;
  std::uint64_t done = 0;  // bytes, of `total`; both 0 while asking
  std::uint64_t total = 0;
  std::string_view note;  // a sentence worth a line of its own, told once; the reason while waiting
};

// Called on the caller's thread every kTick or so as long as anything goes on. False stops it: kCancelled.
using ProgressSink = std::function<bool(const Progress&)>;

}  // namespace peregrine::hub
