// Any audio file to an AudioSource: demuxed, decoded, mixed to mono and resampled by FFmpeg's libraries in a
// process of its own, which has no network, no files but the one it was given, and bounded memory and time.
//
// The first audio track is taken; pictures are not decoded. What the helper process does wrong, dying
// included, is an error of the file.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "sound/audio_source.h"

namespace peregrine::sound {

struct DecodeOptions {
  // Command line of the helper process, which calls run_decoder(). Empty: this program, told to be it.
  std::vector<std::string> command;
  std::uint64_t max_file_bytes = 2ULL << 30;
  std::chrono::seconds max_duration{24 * 3600};  // of the sound; beyond it kInvalidArgument
  std::chrono::milliseconds min_duration{10};    // less is kInvalidArgument
  // Without a sample for this long while somebody reads, or that much slower than listening in all:
  // kInvalidArgument, the file is taken for hostile.
  std::chrono::seconds stall_timeout{30};
  std::string log_id;  // what lines of the log about this file are marked with
};

// `file` is an open descriptor of a regular file or memfd, readable from offset 0, which is taken over and
// closed. Errors, here or from read(): kInvalidArgument when it is no audio, damaged, too short or too long
// (the message can be shown to a client), kResourceExhausted, kIo when the helper cannot be started.
Result<std::unique_ptr<AudioSource>> open_audio(int file, const DecodeOptions& options);

// The argument that makes a program the helper process: main() hands over before anything else.
inline constexpr const char* kDecoderArgument = "--decode-audio";
// Runs as the helper process, which ends in it; returns an exit status where it was not started by
// open_audio().
int run_decoder(int argc, char** argv);

}  // namespace peregrine::sound
