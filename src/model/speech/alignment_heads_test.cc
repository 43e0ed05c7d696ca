#include "model/speech/alignment_heads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace peregrine::model {
namespace {

gguf::WhisperHparams shape(std::uint32_t state, std::uint32_t heads, std::uint32_t audio_layers,
                           std::uint32_t text_layers, std::uint32_t vocabulary) {
  return {.n_vocab = vocabulary,
          .n_audio_ctx = 1500,
          .n_audio_state = state,
          .n_audio_head = heads,
          .n_audio_layer = audio_layers,
          .n_text_ctx = 448,
          .n_text_state = state,
          .n_text_head = heads,
          .n_text_layer = text_layers,
          .n_mels = 80};
}

bool has(const std::vector<AlignmentHead>& heads, std::uint32_t layer, std::uint32_t head) {
  return std::ranges::any_of(heads, [&](AlignmentHead h) { return h.layer == layer && h.head == head; });
}

struct Known {
  const char* name;
  gguf::WhisperHparams hparams;
  std::size_t n_heads;
};
const Known kKnown[] = {
    {"tiny.en", shape(384, 6, 4, 4, 51864), 8},           {"tiny", shape(384, 6, 4, 4, 51865), 6},
    {"base.en", shape(512, 8, 6, 6, 51864), 5},           {"base", shape(512, 8, 6, 6, 51865), 8},
    {"small.en", shape(768, 12, 12, 12, 51864), 19},      {"small", shape(768, 12, 12, 12, 51865), 10},
    {"medium.en", shape(1024, 16, 24, 24, 51864), 18},    {"medium", shape(1024, 16, 24, 24, 51865), 6},
    {"large-v2", shape(1280, 20, 32, 32, 51865), 23},     {"large-v3", shape(1280, 20, 32, 32, 51866), 10},
    {"large-v3-turbo", shape(1280, 20, 32, 4, 51866), 6},
};

TEST(AlignmentHeads, OfPublishedModelsAreKnownByShape) {
  for (const Known& known : kKnown) {
    EXPECT_EQ(whisper_shape_name(known.hparams), known.name);
    const std::vector<AlignmentHead> heads = alignment_heads_of(known.hparams);
    EXPECT_EQ(heads.size(), known.n_heads) << known.name;
    std::set<std::pair<std::uint32_t, std::uint32_t>> different;
    for (const AlignmentHead& head : heads) {
      EXPECT_LT(head.layer, known.hparams.n_text_layer) << known.name;
      EXPECT_LT(head.head, known.hparams.n_text_head) << known.name;
      different.insert({head.layer, head.head});
    }
    EXPECT_EQ(different.size(), heads.size()) << known.name;
  }
  EXPECT_TRUE(has(alignment_heads_of(shape(1280, 20, 32, 4, 51866)), 3, 14));
  EXPECT_TRUE(has(alignment_heads_of(shape(512, 8, 6, 6, 51865)), 5, 6));
}

TEST(AlignmentHeads, OfOtherShapesAreTheUpperHalf) {
  // A distilled large-v3: two layers of text.
  const gguf::WhisperHparams distilled = shape(1280, 20, 32, 2, 51866);
  EXPECT_EQ(whisper_shape_name(distilled), "");
  const std::vector<AlignmentHead> heads = alignment_heads_of(distilled);
  EXPECT_EQ(heads.size(), 20U);
  EXPECT_TRUE(has(heads, 1, 0) && has(heads, 1, 19) && !has(heads, 0, 0));
  EXPECT_EQ(alignment_heads_of(shape(64, 2, 1, 1, 100)).size(), 2U);
}

}  // namespace
}  // namespace peregrine::model
