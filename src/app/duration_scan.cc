#include "app/duration_scan.h"

#include <fcntl.h>

#include <cstdint>
#include <utility>

#include "sound/decode/decoder.h"

namespace peregrine::app {

DurationScan::DurationScan(std::vector<std::filesystem::path> files)
    : files_(std::move(files)), thread_([this] { run(); }) {}

DurationScan::~DurationScan() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (current_ != nullptr) current_->cancel();
  }
  thread_.join();
}

void DurationScan::run() {
  double sum = 0;
  for (const std::filesystem::path& file : files_) {
    sum += measure(file);
    const std::lock_guard lock(mutex_);
    current_.reset();
    if (stopping_) return;
  }
  total_ = sum;
}

double DurationScan::measure(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  auto audio = sound::open_audio(descriptor, {});
  if (!audio) return 0;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return 0;
    current_ = std::move(*audio);
  }
  std::vector<float> piece(std::size_t{4} * sound::kSampleRate);
  std::uint64_t samples = 0;
  for (;;) {
    const auto read = current_->read(piece);
    if (!read || *read == 0) break;
    samples += *read;
  }
  return static_cast<double>(samples) / sound::kSampleRate;
}

}  // namespace peregrine::app
