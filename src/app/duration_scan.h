// How long recordings are, found by decoding them once beside the work on them: their headers need not tell,
// and decoding takes a hundredth of the time of transcribing.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sound/audio_source.h"

namespace peregrine::app {

class DurationScan {
 public:
  explicit DurationScan(std::vector<std::filesystem::path> files);
  DurationScan(const DurationScan&) = delete;
  DurationScan& operator=(const DurationScan&) = delete;
  ~DurationScan();  // at once, done or not

  // Seconds of all files together; 0 until all are known. What cannot be decoded has none.
  double total() const { return total_; }

 private:
  void run();
  double measure(const std::filesystem::path& file);

  const std::vector<std::filesystem::path> files_;
  std::atomic<double> total_ = 0;
  std::mutex mutex_;
  bool stopping_ = false;                        // under mutex_
  std::unique_ptr<sound::AudioSource> current_;  // under mutex_, but for reads by the thread
  std::thread thread_;
};

}  // namespace peregrine::app
