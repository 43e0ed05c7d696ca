// What of FFmpeg a sound file may reach: one demuxer per container, one decoder per codec, nothing else.
//
// FFmpeg's own probing, which asks all of its demuxers, is not used: sniff() names the container.
#pragma once

#include <string>

extern "C" {
#include <libavcodec/codec.h>
#include <libavformat/avformat.h>
}

namespace peregrine::sound {

enum class Container { kFlac, kMp3, kAac, kMov, kOgg, kWav, kMatroska, kMpegProgram, kMpegTransport };

struct Demuxer {
  const AVInputFormat* format;
  // Tracks and their parameters are known only after packets have been looked at.
  bool needs_packets;
};

// The demuxer of a container; `format` is null where FFmpeg was built without it.
Demuxer find_demuxer(Container container);

// Null for a codec that is not on the list.
const AVCodec* find_decoder(AVCodecID codec);

// Names of all decoders on the list, as AVFormatContext::codec_whitelist takes them.
std::string decoder_names();

}  // namespace peregrine::sound
