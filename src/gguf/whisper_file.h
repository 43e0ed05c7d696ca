// A whisper model in ggml's .bin container, as whisper.cpp writes it: mapped and checked like a GGUF File.
//
// Once a WhisperFile exists, every figure of its header is within a named limit, every tensor's type is one
// of F32, F16, Q4_0, Q5_0, Q5_1 and Q8_0, its shape has no zero and does not overflow, its data lies within
// the mapping and names are unique. Nothing is said about the values inside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::gguf {

struct WhisperHparams {
  std::uint32_t n_vocab = 0;
  std::uint32_t n_audio_ctx = 0;
  std::uint32_t n_audio_state = 0;
  std::uint32_t n_audio_head = 0;
  std::uint32_t n_audio_layer = 0;
  std::uint32_t n_text_ctx = 0;
  std::uint32_t n_text_state = 0;
  std::uint32_t n_text_head = 0;
  std::uint32_t n_text_layer = 0;
  std::uint32_t n_mels = 0;
  std::uint32_t ftype = 0;
};

class WhisperFile {
 public:
  // Errors: kNotFound, kIo; kCorrupt, kUnsupported, kResourceExhausted (`where` names the figure or tensor).
  static Result<WhisperFile> open(const std::filesystem::path& path);
  // The bytes must outlive the WhisperFile.
  static Result<WhisperFile> parse(std::span<const std::byte> bytes);

  const WhisperHparams& hparams() const { return hparams_; }
  std::uint64_t file_bytes() const { return file_bytes_; }
  // [n_mels, 201].
  std::span<const float> mel_filters() const { return mel_filters_; }
  // Bytes of each text token, by id; special tokens, which have higher ids, are not among them.
  std::span<const std::string_view> tokens() const { return tokens_; }
  std::span<const TensorInfo> tensors() const { return tensors_; }
  const TensorInfo* tensor(std::string_view name) const;  // nullptr when absent

 private:
  WhisperFile() = default;

  base::MappedFile mapping_;  // empty after parse()
  std::uint64_t file_bytes_ = 0;
  WhisperHparams hparams_;
  std::vector<float> mel_filters_;
  std::vector<std::string_view> tokens_;
  std::vector<TensorInfo> tensors_;
  std::vector<std::uint32_t> by_name_;  // indices into tensors_, sorted by name
};

// Whether the file begins as such a container does.
bool looks_like_whisper(std::span<const std::byte> beginning);

}  // namespace peregrine::gguf
