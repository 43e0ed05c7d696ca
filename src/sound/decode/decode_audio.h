// The bytes of a sound file to samples, over FFmpeg's demuxers and decoders, in this process.
//
// Only what allow_list.h names is reached; nothing is opened beside the bytes given. FFmpeg's parsers are
// written in C and read what a stranger sent: the product calls this inside the sandbox, see run_decoder().
#pragma once

#include "base/result.h"
#include "sound/decode/byte_source.h"
#include "sound/decode/sample_sink.h"

namespace peregrine::sound {

inline constexpr std::size_t kMaxAllocation = std::size_t{256} << 20;  // of one piece, by FFmpeg
inline constexpr int kMaxTracks = 64;
inline constexpr int kMaxDamagedPackets = 100'000;

// Once per process, before the first decode_audio(): no messages on standard error, bounded allocations.
void prepare_ffmpeg();

// Decodes the first audio track. What a damaged file still holds is delivered; only a file of which nothing
// can be heard is an error. A sound of no samples is none.
// Errors: kInvalidArgument with a text for the client, kResourceExhausted, kCancelled when the sink had
// enough.
Status decode_audio(const ByteSource& bytes, SampleSink& sink);

}  // namespace peregrine::sound
