// The transcriber's figures for Prometheus, all labelled with the model.
#pragma once

#include <string>

#include "base/metrics.h"

namespace peregrine::speech {

struct SpeechMetrics {
  SpeechMetrics(base::Metrics& metrics, const std::string& label);

  prometheus::Gauge& running;  // recordings
  prometheus::Gauge& queued;
  prometheus::Counter& recordings;
  prometheus::Counter& audio_seconds;  // of recordings, pauses included
  prometheus::Counter& windows;
  prometheus::Counter& tokens;
  prometheus::Counter& fallbacks;
  prometheus::Histogram& encode_seconds;  // of one call, which may be of several windows
  prometheus::Histogram& step_seconds;    // of the decoder, choosing tokens included
};

}  // namespace peregrine::speech
