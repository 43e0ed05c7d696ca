#include "model/speech/alignment_heads.h"

#include <algorithm>
#include <span>

namespace peregrine::model {
namespace {

constexpr std::uint32_t kEnglishVocabulary = 51864;
constexpr std::uint32_t kMultilingualVocabulary = 51865;
constexpr std::uint32_t kCantoneseVocabulary = 51866;  // with one more language: large-v3 and its offspring

// Pairs of layer and head.
constexpr AlignmentHead kTinyEn[] = {{1, 0}, {2, 0}, {2, 5}, {3, 0}, {3, 1}, {3, 2}, {3, 3}, {3, 4}};
constexpr AlignmentHead kTiny[] = {{2, 2}, {3, 0}, {3, 2}, {3, 3}, {3, 4}, {3, 5}};
constexpr AlignmentHead kBaseEn[] = {{3, 3}, {4, 7}, {5, 1}, {5, 5}, {5, 7}};
constexpr AlignmentHead kBase[] = {{3, 1}, {4, 2}, {4, 3}, {4, 7}, {5, 1}, {5, 2}, {5, 4}, {5, 6}};
constexpr AlignmentHead kSmallEn[] = {{6, 6},  {7, 0},  {7, 3},   {7, 8},  {8, 2},  {8, 5},  {8, 7},
                                      {9, 0},  {9, 4},  {9, 8},   {9, 10}, {10, 0}, {10, 1}, {10, 2},
                                      {10, 3}, {10, 6}, {10, 11}, {11, 2}, {11, 4}};
constexpr AlignmentHead kSmall[] = {{5, 3}, {5, 9}, {8, 0}, {8, 4}, {8, 7},
                                    {8, 8}, {9, 0}, {9, 7}, {9, 9}, {10, 5}};
constexpr AlignmentHead kMediumEn[] = {{11, 4},  {14, 1}, {14, 12}, {14, 14}, {15, 4},  {16, 0},
                                       {16, 4},  {16, 9}, {17, 12}, {17, 14}, {18, 7},  {18, 10},
                                       {18, 15}, {20, 0}, {20, 3},  {20, 9},  {20, 14}, {21, 12}};
constexpr AlignmentHead kMedium[] = {{13, 15}, {15, 4}, {15, 15}, {16, 1}, {20, 0}, {23, 4}};
constexpr AlignmentHead kLargeV2[] = {{10, 12}, {13, 17}, {16, 11}, {16, 12}, {16, 13}, {17, 15},
                                      {17, 16}, {18, 4},  {18, 11}, {18, 19}, {19, 11}, {21, 2},
                                      {21, 3},  {22, 3},  {22, 9},  {22, 12}, {23, 5},  {23, 7},
                                      {23, 13}, {25, 5},  {26, 1},  {26, 12}, {27, 15}};
constexpr AlignmentHead kLargeV3[] = {{7, 0},   {10, 17}, {12, 18}, {13, 12}, {16, 1},
                                      {17, 14}, {19, 11}, {21, 4},  {24, 1},  {25, 6}};
constexpr AlignmentHead kLargeV3Turbo[] = {{2, 4}, {2, 11}, {3, 3}, {3, 6}, {3, 11}, {3, 14}};

struct KnownShape {
  std::string_view name;
  std::uint32_t state;
  std::uint32_t heads;
  std::uint32_t audio_layers;
  std::uint32_t text_layers;
  std::uint32_t vocabulary;
  std::span<const AlignmentHead> alignment;
};

constexpr KnownShape kShapes[] = {
    {"tiny.en", 384, 6, 4, 4, kEnglishVocabulary, kTinyEn},
    {"tiny", 384, 6, 4, 4, kMultilingualVocabulary, kTiny},
    {"base.en", 512, 8, 6, 6, kEnglishVocabulary, kBaseEn},
    {"base", 512, 8, 6, 6, kMultilingualVocabulary, kBase},
    {"small.en", 768, 12, 12, 12, kEnglishVocabulary, kSmallEn},
    {"small", 768, 12, 12, 12, kMultilingualVocabulary, kSmall},
    {"medium.en", 1024, 16, 24, 24, kEnglishVocabulary, kMediumEn},
    {"medium", 1024, 16, 24, 24, kMultilingualVocabulary, kMedium},
    {"large-v2", 1280, 20, 32, 32, kMultilingualVocabulary, kLargeV2},
    {"large-v3", 1280, 20, 32, 32, kCantoneseVocabulary, kLargeV3},
    {"large-v3-turbo", 1280, 20, 32, 4, kCantoneseVocabulary, kLargeV3Turbo},
};

const KnownShape* known_shape(const gguf::WhisperHparams& h) {
  const auto* found = std::ranges::find_if(kShapes, [&](const KnownShape& shape) {
    return h.n_audio_state == shape.state && h.n_text_state == shape.state && h.n_audio_head == shape.heads &&
           h.n_text_head == shape.heads && h.n_audio_layer == shape.audio_layers &&
           h.n_text_layer == shape.text_layers && h.n_vocab == shape.vocabulary;
  });
  return found == std::end(kShapes) ? nullptr : found;
}

}  // namespace

std::string_view whisper_shape_name(const gguf::WhisperHparams& hparams) {
  const KnownShape* shape = known_shape(hparams);
  return shape == nullptr ? std::string_view{} : shape->name;
}

std::vector<AlignmentHead> alignment_heads_of(const gguf::WhisperHparams& hparams) {
  if (const KnownShape* shape = known_shape(hparams))
    return {shape->alignment.begin(), shape->alignment.end()};
  std::vector<AlignmentHead> heads;
  for (std::uint32_t layer = hparams.n_text_layer / 2; layer < hparams.n_text_layer; ++layer) {
    for (std::uint32_t head = 0; head < hparams.n_text_head; ++head) heads.push_back({layer, head});
  }
  return heads;
}

}  // namespace peregrine::model
