#include "sound/decode/mono_resampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sound/audio_source.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libavutil/samplefmt.h>
}

namespace peregrine::sound {
namespace {

// Samples per channel that are converted at once, whatever the size of a frame.
constexpr int kSliceSamples = 1024;
// What a slice, and what the filter held back, can become.
constexpr int kMaxOutput = 1 << 20;

std::uint64_t mask_of(const AVChannelLayout& layout) {
  return layout.order == AV_CHANNEL_ORDER_NATIVE ? layout.u.mask : 0;
}

// An initialised resampler, or null. Without a mask all channels weigh the same.
AvHandle<SwrContext> make_resampler(const AVFrame& frame, std::uint64_t mask) {
  const int channels = frame.ch_layout.nb_channels;
  AVChannelLayout mono{};
  AVChannelLayout layout{};
  av_channel_layout_default(&mono, 1);
  if (mask == 0 || av_channel_layout_from_mask(&layout, mask) < 0) {
    layout.order = AV_CHANNEL_ORDER_UNSPEC;
    layout.nb_channels = channels;
  }
  SwrContext* made = nullptr;
  const int allocated =
      swr_alloc_set_opts2(&made, &mono, AV_SAMPLE_FMT_FLT, static_cast<int>(kSampleRate), &layout,
                          static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
  AvHandle<SwrContext> resampler(made);
  if (allocated < 0) return nullptr;
  // By default float output is mixed without regard to its range: two equal channels would clip.
  av_opt_set_double(made, "rematrix_maxval", 1.0, 0);
  av_opt_set_sample_fmt(made, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
  // Twice the usual length, so that speech keeps what it has close below 8 kHz.
  av_opt_set_int(made, "filter_size", 64, 0);
  if (mask == 0) {
    std::array<double, kMaxChannels> weights;
    weights.fill(1.0 / channels);
    if (swr_set_matrix(made, weights.data(), channels) < 0) return nullptr;
  }
  if (swr_init(made) < 0) return nullptr;
  return resampler;
}

}  // namespace

bool MonoResampler::same_format(const AVFrame& frame) const {
  return resampler_ && frame.sample_rate == rate_ && frame.format == format_ &&
         frame.ch_layout.nb_channels == channels_ && mask_of(frame.ch_layout) == channel_mask_;
}

Status MonoResampler::configure(const AVFrame& frame) {
  const int channels = frame.ch_layout.nb_channels;
  if (frame.sample_rate < kMinInputRate || frame.sample_rate > kMaxInputRate) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the sound has a sampling rate of {} Hz; from {} to {} Hz are supported",
                            frame.sample_rate, kMinInputRate, kMaxInputRate));
  }
  if (channels < 1 || channels > kMaxChannels) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the sound has {} channels; 1 to {} are supported", channels, kMaxChannels));
  }
  if (++format_changes_ > kMaxFormatChanges) {
    return fail(ErrorCode::kInvalidArgument, "could not be decoded: the sound keeps changing its format");
  }
  std::uint64_t mask = mask_of(frame.ch_layout);
  if (mask == 0) {
    AVChannelLayout usual{};
    av_channel_layout_default(&usual, channels);
    mask = mask_of(usual);
  }
  // A lone channel is the sound, even one that calls itself the subwoofer.
  if (channels == 1) mask = AV_CH_LAYOUT_MONO;
  resampler_ = make_resampler(frame, mask);
  // Some sets of loudspeakers are beyond libswresample's idea of a mix.
  if (!resampler_) resampler_ = make_resampler(frame, 0);
  if (!resampler_) return fail(ErrorCode::kResourceExhausted, "cannot make a resampler");
  rate_ = frame.sample_rate;
  format_ = frame.format;
  channels_ = channels;
  channel_mask_ = mask_of(frame.ch_layout);
  return {};
}

Status MonoResampler::push(const AVFrame& frame) {
  if (!same_format(frame)) {
    PEREGRINE_TRY(flush());
    PEREGRINE_TRY(configure(frame));
  }
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const std::ptrdiff_t step =
      static_cast<std::ptrdiff_t>(av_get_bytes_per_sample(format)) * (planar ? 1 : channels_);
  const int n_planes = planar ? channels_ : 1;
  std::array<const std::uint8_t*, kMaxChannels> planes{};
  for (int done = 0; done < frame.nb_samples;) {
    const int count = std::min(kSliceSamples, frame.nb_samples - done);
    for (int i = 0; i < n_planes; ++i)
      planes[static_cast<std::size_t>(i)] = frame.extended_data[i] + done * step;
    PEREGRINE_TRY(convert(planes.data(), count));
    done += count;
  }
  return {};
}

Status MonoResampler::flush() {
  if (!resampler_) return {};
  Status flushed = convert(nullptr, 0);
  resampler_.reset();
  return flushed;
}

Status MonoResampler::convert(const std::uint8_t** planes, int n_samples) {
  const int room = swr_get_out_samples(resampler_.get(), n_samples);
  if (room < 0 || room > kMaxOutput)
    return fail(ErrorCode::kResourceExhausted, "the resampler holds too much");
  // One more than it can be: without room for anything the filter would swallow its input.
  out_.resize(static_cast<std::size_t>(room) + 1);
  auto* out = reinterpret_cast<std::uint8_t*>(out_.data());
  const int got = swr_convert(resampler_.get(), &out, room + 1, planes, n_samples);
  if (got < 0) return fail(ErrorCode::kResourceExhausted, "the resampler failed");
  if (got == 0) return {};
  produced_ += static_cast<std::uint64_t>(got);
  if (!sink_.take(std::span<const float>(out_).first(static_cast<std::size_t>(got))))
    return fail(ErrorCode::kCancelled, "no more sound is wanted");
  return {};
}

}  // namespace peregrine::sound
