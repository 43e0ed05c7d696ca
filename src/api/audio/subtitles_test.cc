#include "api/audio/subtitles.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace peregrine::api {
namespace {

speech::Segment cue(double start, double end, std::string text) {
  speech::Segment segment;
  segment.start = start;
  segment.end = end;
  segment.text = std::move(text);
  return segment;
}

TEST(Subtitles, Times) {
  EXPECT_EQ(cue_time(0, ','), "00:00:00,000");
  EXPECT_EQ(cue_time(1.5, '.'), "00:00:01.500");
  EXPECT_EQ(cue_time(59.9995, '.'), "00:01:00.000") << "rounded as a whole, not part by part";
  EXPECT_EQ(cue_time(3723.004, ','), "01:02:03,004");
  EXPECT_EQ(cue_time(360000, ','), "100:00:00,000");
  EXPECT_EQ(cue_time(-0.1, ','), "00:00:00,000");
  EXPECT_EQ(cue_time(std::numeric_limits<double>::quiet_NaN(), ','), "00:00:00,000");
  EXPECT_EQ(cue_time(std::numeric_limits<double>::infinity(), ','), "00:00:00,000");
}

TEST(Subtitles, NothingWasSaid) {
  EXPECT_EQ(render_srt({}), "");
  EXPECT_EQ(render_vtt({}), "WEBVTT\n\n");
  const std::vector<speech::Segment> blank = {cue(0, 1, " "), cue(1, 2, "")};
  EXPECT_EQ(render_srt(blank), "");
  EXPECT_EQ(render_vtt(blank), "WEBVTT\n\n");
}

TEST(Subtitles, CuesFollowEachOther) {
  const std::vector<speech::Segment> said = {cue(0, 1.25, " Good morning."), cue(1.25, 1.3, "  "),
                                             cue(2, 61.002, " It rains. ")};
  EXPECT_EQ(render_srt(said),
            "1\n00:00:00,000 --> 00:00:01,250\nGood morning.\n\n"
            "2\n00:00:02,000 --> 00:01:01,002\nIt rains.\n\n");
  EXPECT_EQ(render_vtt(said),
            "WEBVTT\n\n00:00:00.000 --> 00:00:01.250\nGood morning.\n\n"
            "00:00:02.000 --> 00:01:01.002\nIt rains.\n\n");
}

TEST(Subtitles, TextCannotBreakOutOfItsCue) {
  const std::vector<speech::Segment> said = {
      cue(0, 1, "a --> b\n\n2\n00:00:00,000 --> 00:00:09,000\r\n<b>&amp; \"c\"</b>")};
  EXPECT_EQ(render_srt(said),
            "1\n00:00:00,000 --> 00:00:01,000\n"
            "a -> b  2 00:00:00,000 -> 00:00:09,000  <b>&amp; \"c\"</b>\n\n");
  EXPECT_EQ(render_vtt(said),
            "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n"
            "a --&gt; b  2 00:00:00,000 --&gt; 00:00:09,000  &lt;b&gt;&amp;amp; \"c\"&lt;/b&gt;\n\n");
  const std::vector<speech::Segment> arrows = {cue(0, 1, "----->")};
  EXPECT_EQ(render_srt(arrows).find("-->", 30), std::string::npos) << render_srt(arrows);
}

}  // namespace
}  // namespace peregrine::api
