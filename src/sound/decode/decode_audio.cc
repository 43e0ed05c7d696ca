#include "sound/decode/decode_audio.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <optional>
#include <string>

#include "sound/decode/allow_list.h"
#include "sound/decode/av_handle.h"
#include "sound/decode/mono_resampler.h"
#include "sound/decode/sniff.h"

namespace peregrine::sound {
namespace {

constexpr std::size_t kIoBufferBytes = std::size_t{64} << 10;
constexpr int kMaxRetries = 1000;  // of a demuxer that says "again" in a row

tl::unexpected<Error> undecodable(int av_error) {
  if (av_error == AVERROR(ENOMEM)) {
    return fail(ErrorCode::kInvalidArgument,
                "could not be decoded: it asks for more memory than a sound file may take");
  }
  if (av_error == AVERROR(EACCES))
    return fail(ErrorCode::kInvalidArgument, "could not be decoded: it refers to another file");
  return fail(ErrorCode::kInvalidArgument, "could not be decoded: its data is damaged or cut short");
}

// The bytes as FFmpeg reads a file.
class Io {
 public:
  explicit Io(const ByteSource& bytes) : bytes_(bytes) {}

  AvHandle<AVIOContext> open() {
    auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBufferBytes));
    if (buffer == nullptr) return nullptr;
    AVIOContext* io =
        avio_alloc_context(buffer, static_cast<int>(kIoBufferBytes), 0, this, &Io::read, nullptr, &Io::seek);
    if (io == nullptr) av_free(buffer);
    return AvHandle<AVIOContext>(io);
  }

 private:
  static int read(void* opaque, std::uint8_t* out, int size) {
    Io& self = *static_cast<Io*>(opaque);
    if (size <= 0) return AVERROR(EINVAL);
    const std::size_t got = self.bytes_.read_at(self.position_, {out, static_cast<std::size_t>(size)});
    if (got == 0) return AVERROR_EOF;
    self.position_ += got;
    return static_cast<int>(got);
  }

  static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    Io& self = *static_cast<Io*>(opaque);
    const auto size = static_cast<std::int64_t>(
        std::min<std::uint64_t>(self.bytes_.size(), std::numeric_limits<std::int64_t>::max()));
    std::int64_t base = 0;
    switch (whence & ~AVSEEK_FORCE) {
      case AVSEEK_SIZE:
        return size;
      case SEEK_SET:
        break;
      case SEEK_CUR:
        base = static_cast<std::int64_t>(self.position_);
        break;
      case SEEK_END:
        base = size;
        break;
      default:
        return AVERROR(EINVAL);
    }
    std::int64_t target = 0;
    if (__builtin_add_overflow(base, offset, &target) || target < 0) return AVERROR(EINVAL);
    self.position_ = static_cast<std::uint64_t>(target);
    return target;
  }

  const ByteSource& bytes_;
  std::uint64_t position_ = 0;
};

// Playlists and references into other files end here, before any of FFmpeg's protocols is asked.
int refuse_to_open(AVFormatContext* /*format*/, AVIOContext** /*io*/, const char* /*url*/, int /*flags*/,
                   AVDictionary** /*options*/) {
  return AVERROR(EACCES);
}

class Decoding {
 public:
  Decoding(const ByteSource& bytes, SampleSink& sink) : bytes_(bytes), io_(bytes), resampler_(sink) {}

  Status run();

 private:
  Status open_container();
  Status open_track();
  Status decode(const AVPacket* packet);
  Status receive();
  void note_damage(int av_error);

  const ByteSource& bytes_;
  Io io_;
  AvHandle<AVIOContext> av_io_;  // outlives format_, which reads through it
  AvHandle<AVFormatContext> format_;
  AvHandle<AVCodecContext> decoder_;
  AvHandle<AVPacket> packet_;
  AvHandle<AVFrame> frame_;
  MonoResampler resampler_;
  int track_ = -1;
  int damaged_ = 0;
  int last_damage_ = 0;
};

Status Decoding::open_container() {
  const std::optional<Container> container = sniff(bytes_);
  if (!container)
    return fail(ErrorCode::kInvalidArgument, "the file is in none of the supported sound formats");
  const Demuxer demuxer = find_demuxer(*container);
  if (demuxer.format == nullptr)
    return fail(ErrorCode::kInvalidArgument, "the file's format is not supported by this installation");
  av_io_ = io_.open();
  AVFormatContext* format = avformat_alloc_context();
  if (!av_io_ || format == nullptr) {
    avformat_free_context(format);
    return undecodable(AVERROR(ENOMEM));
  }
  format->pb = av_io_.get();
  format->io_open = &refuse_to_open;
  format->codec_whitelist = av_strdup(decoder_names().c_str());
  format->max_streams = kMaxTracks;
  // Frees the context when it fails.
  const int opened = avformat_open_input(&format, "", demuxer.format, nullptr);
  if (opened < 0) return undecodable(opened);
  format_.reset(format);
  if (demuxer.needs_packets) {
    const int probed = avformat_find_stream_info(format_.get(), nullptr);
    if (probed < 0) return undecodable(probed);
  }
  return {};
}

Status Decoding::open_track() {
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    AVStream& stream = *format_->streams[i];
    if (track_ < 0 && stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO) {
      track_ = static_cast<int>(i);
    } else {
      stream.discard = AVDISCARD_ALL;
    }
  }
  if (track_ < 0) return fail(ErrorCode::kInvalidArgument, "the file has no audio track");
  const AVStream& stream = *format_->streams[track_];
  const AVCodec* codec = find_decoder(stream.codecpar->codec_id);
  if (codec == nullptr) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("the sound is coded as {}, which is not supported",
                                                         avcodec_get_name(stream.codecpar->codec_id)));
  }
  const int channels = stream.codecpar->ch_layout.nb_channels;
  if (channels > kMaxChannels) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the sound has {} channels; 1 to {} are supported", channels, kMaxChannels));
  }
  decoder_.reset(avcodec_alloc_context3(codec));
  packet_.reset(av_packet_alloc());
  frame_.reset(av_frame_alloc());
  if (!decoder_ || !packet_ || !frame_) return undecodable(AVERROR(ENOMEM));
  int prepared = avcodec_parameters_to_context(decoder_.get(), stream.codecpar);
  if (prepared < 0) return undecodable(prepared);
  decoder_->pkt_timebase = stream.time_base;  // what is to be skipped at the ends is told in times
  decoder_->thread_count = 1;                 // the sandbox has no way to start more
  prepared = avcodec_open2(decoder_.get(), codec, nullptr);
  if (prepared < 0) return undecodable(prepared);
  return {};
}

void Decoding::note_damage(int av_error) {
  ++damaged_;
  last_damage_ = av_error;
}

Status Decoding::receive() {
  // A packet is finite, and so are its frames: the decoder asks for the next packet in the end.
  for (;;) {
    const int got = avcodec_receive_frame(decoder_.get(), frame_.get());
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return {};
    if (got == AVERROR(ENOMEM)) return undecodable(got);
    if (got < 0) {
      note_damage(got);
      return {};
    }
    if (frame_->nb_samples > 0) PEREGRINE_TRY(resampler_.push(*frame_));
    av_frame_unref(frame_.get());
  }
}

Status Decoding::decode(const AVPacket* packet) {
  const int sent = avcodec_send_packet(decoder_.get(), packet);
  if (sent == AVERROR(ENOMEM)) return undecodable(sent);
  if (sent < 0 && sent != AVERROR_EOF) note_damage(sent);
  return receive();
}

Status Decoding::run() {
  PEREGRINE_TRY(open_container());
  PEREGRINE_TRY(open_track());
  int retries = 0;
  while (damaged_ <= kMaxDamagedPackets) {
    const int got = av_read_frame(format_.get(), packet_.get());
    if (got == AVERROR(EAGAIN) && ++retries <= kMaxRetries) continue;
    if (got < 0) {
      if (got != AVERROR_EOF) note_damage(got);
      break;
    }
    retries = 0;
    if (packet_->stream_index == track_) PEREGRINE_TRY(decode(packet_.get()));
    av_packet_unref(packet_.get());
  }
  PEREGRINE_TRY(decode(nullptr));
  PEREGRINE_TRY(resampler_.flush());
  if (resampler_.produced() == 0 && damaged_ > 0) return undecodable(last_damage_);
  return {};
}

}  // namespace

void prepare_ffmpeg() {
  av_log_set_callback([](void*, int, const char*, va_list) {});
  av_max_alloc(kMaxAllocation);
}

Status decode_audio(const ByteSource& bytes, SampleSink& sink) {
  return Decoding(bytes, sink).run();
}

}  // namespace peregrine::sound
