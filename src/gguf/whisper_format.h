// Constants of whisper's ggml container (.bin) and the limits this room sets to it.
//
// Format: as whisper.cpp's conversion script writes it, little endian, without alignment. Magic; eleven
// figures of four bytes; the mel filters (bins, width, then floats); the vocabulary (a count, then tokens
// with their lengths); tensors up to the end of the file, each with its rank, the length of its name, its
// type, its dimensions (innermost first), name and data. Real models stay far below the limits.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "gguf/whisper_file.h"

namespace peregrine::gguf {

inline constexpr std::uint32_t kWhisperMagic = 0x67676d6c;
inline constexpr std::uint32_t kWhisperMelWidth = 201;  // bins of a power spectrum of 400 samples

inline constexpr std::uint32_t kMaxWhisperVocabulary = 1U << 20;
inline constexpr std::uint32_t kMaxWhisperTokenBytes = 1024;
inline constexpr std::uint32_t kMaxWhisperTensors = 16384;

// A figure of the header: where it goes and its largest value; none may be zero but the file type.
struct WhisperFigure {
  std::string_view name;
  std::uint32_t WhisperHparams::* member;
  std::uint32_t min;
  std::uint32_t max;
};
inline constexpr std::array<WhisperFigure, 11> kWhisperFigures = {{
    {"n_vocab", &WhisperHparams::n_vocab, 1, kMaxWhisperVocabulary},
    {"n_audio_ctx", &WhisperHparams::n_audio_ctx, 1, 1U << 14},
    {"n_audio_state", &WhisperHparams::n_audio_state, 1, 1U << 14},
    {"n_audio_head", &WhisperHparams::n_audio_head, 1, 1U << 10},
    {"n_audio_layer", &WhisperHparams::n_audio_layer, 1, 1U << 8},
    {"n_text_ctx", &WhisperHparams::n_text_ctx, 1, 1U << 14},
    {"n_text_state", &WhisperHparams::n_text_state, 1, 1U << 14},
    {"n_text_head", &WhisperHparams::n_text_head, 1, 1U << 10},
    {"n_text_layer", &WhisperHparams::n_text_layer, 1, 1U << 8},
    {"n_mels", &WhisperHparams::n_mels, 1, 1U << 10},
    {"ftype", &WhisperHparams::ftype, 0, 1U << 20},
}};

}  // namespace peregrine::gguf
