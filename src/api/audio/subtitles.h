// Transcripts as subtitles: SubRip and WebVTT (W3C, 2019), one cue for each segment that has text.
#pragma once

#include <span>
#include <string>

#include "speech/transcriber.h"

namespace peregrine::api {

// Cues are numbered from 1. The format has no escapes: an arrow in a text, which ends many readers' cues,
// loses a hyphen, and lines are joined.
std::string render_srt(std::span<const speech::Segment> segments);
std::string render_vtt(std::span<const speech::Segment> segments);

// "01:02:03,004" with `point` ','; hours grow beyond two digits. Negative times and what is no number are 0.
std::string cue_time(double seconds, char point);

}  // namespace peregrine::api
