#include "sound/decode/allow_list.h"

#include <algorithm>
#include <array>

namespace peregrine::sound {
namespace {

struct DemuxerEntry {
  Container container;
  const char* name;
  bool needs_packets;
};

constexpr auto kDemuxers = std::to_array<DemuxerEntry>({
    {Container::kFlac, "flac", false},
    {Container::kMp3, "mp3", true},
    {Container::kAac, "aac", true},
    {Container::kMov, "mov", false},
    {Container::kOgg, "ogg", false},
    {Container::kWav, "wav", false},
    {Container::kMatroska, "matroska", false},
    {Container::kMpegProgram, "mpeg", true},
    {Container::kMpegTransport, "mpegts", true},
});

struct DecoderEntry {
  AVCodecID codec;
  const char* name;
};

// FFmpeg's own decoders, never those that wrap another library.
constexpr auto kDecoders = std::to_array<DecoderEntry>({
    {AV_CODEC_ID_FLAC, "flac"},
    {AV_CODEC_ID_ALAC, "alac"},
    {AV_CODEC_ID_MP3, "mp3float"},
    {AV_CODEC_ID_MP2, "mp2float"},
    {AV_CODEC_ID_MP1, "mp1float"},
    {AV_CODEC_ID_AAC, "aac"},
    {AV_CODEC_ID_AAC_LATM, "aac_latm"},
    {AV_CODEC_ID_AC3, "ac3"},  // of programme streams from discs and television
    {AV_CODEC_ID_OPUS, "opus"},
    {AV_CODEC_ID_VORBIS, "vorbis"},
    {AV_CODEC_ID_PCM_U8, "pcm_u8"},
    {AV_CODEC_ID_PCM_S8, "pcm_s8"},
    {AV_CODEC_ID_PCM_S16LE, "pcm_s16le"},
    {AV_CODEC_ID_PCM_S16BE, "pcm_s16be"},
    {AV_CODEC_ID_PCM_S24LE, "pcm_s24le"},
    {AV_CODEC_ID_PCM_S24BE, "pcm_s24be"},
    {AV_CODEC_ID_PCM_S32LE, "pcm_s32le"},
    {AV_CODEC_ID_PCM_S32BE, "pcm_s32be"},
    {AV_CODEC_ID_PCM_F32LE, "pcm_f32le"},
    {AV_CODEC_ID_PCM_F32BE, "pcm_f32be"},
    {AV_CODEC_ID_PCM_F64LE, "pcm_f64le"},
    {AV_CODEC_ID_PCM_F64BE, "pcm_f64be"},
    {AV_CODEC_ID_PCM_ALAW, "pcm_alaw"},
    {AV_CODEC_ID_PCM_MULAW, "pcm_mulaw"},
    {AV_CODEC_ID_ADPCM_MS, "adpcm_ms"},
    {AV_CODEC_ID_ADPCM_IMA_WAV, "adpcm_ima_wav"},
    {AV_CODEC_ID_ADPCM_IMA_QT, "adpcm_ima_qt"},
});

}  // namespace

Demuxer find_demuxer(Container container) {
  const auto* const entry = std::ranges::find(kDemuxers, container, &DemuxerEntry::container);
  return {av_find_input_format(entry->name), entry->needs_packets};
}

const AVCodec* find_decoder(AVCodecID codec) {
  const auto* const entry = std::ranges::find(kDecoders, codec, &DecoderEntry::codec);
  return entry == kDecoders.end() ? nullptr : avcodec_find_decoder_by_name(entry->name);
}

std::string decoder_names() {
  std::string names;
  for (const DecoderEntry& entry : kDecoders) {
    if (!names.empty()) names += ',';
    names += entry.name;
  }
  return names;
}

}  // namespace peregrine::sound
