// Raw text in pieces, as a stream of tokens may bring it.
#pragma once

#include <algorithm>
#include <random>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "service/chat/formats/marks.h"
#include "service/chat/formats/testing/recording_sink.h"

namespace peregrine::service::testing {

// Where raw text may be split: between characters and marks.
inline std::vector<std::size_t> split_points(std::string_view raw) {
  std::vector<std::size_t> points;
  for (std::size_t at = 0; at < raw.size();) {
    const std::string_view rest = raw.substr(at);
    const std::size_t mark = mark_length(rest);
    at += mark > 0 ? mark : base::utf8_decode(rest).length;
    if (at < raw.size()) points.push_back(at);
  }
  return points;
}

// What a fresh parser tells of `raw`, split at `points` (ascending).
inline Recorded parse_split(const ChatFormat& format, const FormatRequest& request, std::string_view raw,
                            const std::vector<std::size_t>& points) {
  RecordingSink sink(raw);
  const auto parser = format.parser(request);
  std::size_t begin = 0;
  for (const std::size_t point : points) {
    parser->push(raw.substr(begin, point - begin), sink);
    begin = point;
  }
  parser->push(raw.substr(begin), sink);
  parser->finish(sink);
  return sink.recorded();
}

// Some of `points`, by chance: few or many.
inline std::vector<std::size_t> some_of(const std::vector<std::size_t>& points, std::mt19937& random) {
  std::vector<std::size_t> chosen;
  const unsigned one_in = 1U << random() % 8;
  std::ranges::copy_if(points, std::back_inserter(chosen),
                       [&](std::size_t) { return random() % one_in == 0; });
  return chosen;
}

}  // namespace peregrine::service::testing
