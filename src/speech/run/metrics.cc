#include "speech/run/metrics.h"

#include <vector>

namespace peregrine::speech {
namespace {

const std::vector<double>& second_buckets() {
  static const std::vector<double> buckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                              0.25,  0.5,    1,     2.5,  5,     10,   30};
  return buckets;
}

}  // namespace

SpeechMetrics::SpeechMetrics(base::Metrics& metrics, const std::string& label)
    : running(metrics.gauge("peregrine_transcriptions_running", "Recordings that are being transcribed",
                            {{"model", label}})),
      queued(metrics.gauge("peregrine_transcriptions_queued", "Recordings that wait", {{"model", label}})),
      recordings(metrics.counter("peregrine_transcriptions_total", "Recordings transcribed to their end",
                                 {{"model", label}})),
      audio_seconds(metrics.counter("peregrine_transcribed_audio_seconds_total",
                                    "Seconds of recordings transcribed, pauses included",
                                    {{"model", label}})),
      windows(metrics.counter("peregrine_transcription_windows_total", "Windows of sound decoded",
                              {{"model", label}})),
      tokens(metrics.counter("peregrine_transcription_tokens_total",
                             "Tokens sampled, those of other beams and of attempts that failed among them",
                             {{"model", label}})),
      fallbacks(metrics.counter("peregrine_transcription_fallbacks_total",
                                "Windows decoded again at a higher temperature", {{"model", label}})),
      encode_seconds(metrics.histogram("peregrine_transcription_encode_seconds",
                                       "Time of encoding some windows at once", {{"model", label}},
                                       second_buckets())),
      step_seconds(metrics.histogram("peregrine_transcription_step_seconds",
                                     "Time of one step of the decoder, choosing tokens included",
                                     {{"model", label}}, second_buckets())) {}

}  // namespace peregrine::speech
