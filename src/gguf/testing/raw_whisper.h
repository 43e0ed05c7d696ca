// Whisper containers put together field by field, so that tests can say anything a file could say.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gguf/testing/exercise.h"
#include "gguf/testing/raw_image.h"
#include "gguf/whisper_file.h"

namespace peregrine::gguf::testing {

struct RawWhisperTensor {
  std::string name;
  std::vector<std::uint32_t> dims;
  std::uint32_t type = 0;
  std::string data;
  std::optional<std::uint32_t> rank = {};
  std::optional<std::uint32_t> name_bytes = {};
};

struct RawWhisper {
  std::uint32_t magic = 0x67676d6c;
  // n_vocab, audio (ctx, state, head, layer), text (the same), n_mels, ftype.
  std::array<std::uint32_t, 11> figures = {4, 2, 32, 1, 1, 3, 32, 1, 1, 1, 0};
  std::uint32_t filter_rows = 1;
  std::uint32_t filter_width = 201;
  std::string filters = std::string(201 * sizeof(float), '\0');
  std::optional<std::uint32_t> token_count = {};
  std::vector<std::string> tokens = {"a", std::string("\0\xFF", 2), ""};
  std::optional<std::uint32_t> first_token_bytes = {};
  std::vector<RawWhisperTensor> tensors = {
      {"bias", {3}, 0, std::string(12, '\1')},     {"half", {3, 2, 2}, 1, std::string(24, '\2')},
      {"q4_0", {32, 2}, 2, std::string(36, '\3')}, {"q5_0", {32}, 6, std::string(22, '\4')},
      {"q5_1", {32}, 7, std::string(24, '\5')},    {"q8_0", {32, 1}, 8, std::string(34, '\6')},
  };

  std::string encode() const {
    std::string out = le(magic);
    for (const std::uint32_t figure : figures) out += le(figure);
    out += le(filter_rows) + le(filter_width) + filters;
    out += le(token_count.value_or(static_cast<std::uint32_t>(tokens.size())));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto bytes = static_cast<std::uint32_t>(tokens[i].size());
      out += le(i == 0 ? first_token_bytes.value_or(bytes) : bytes) + tokens[i];
    }
    for (const RawWhisperTensor& t : tensors) {
      out += le(t.rank.value_or(static_cast<std::uint32_t>(t.dims.size())));
      out += le(t.name_bytes.value_or(static_cast<std::uint32_t>(t.name.size()))) + le(t.type);
      for (const std::uint32_t dim : t.dims) out += le(dim);
      out += t.name + t.data;
    }
    return out;
  }
};

// Uses everything the file offers and holds it to the promises of its header.
inline std::uint64_t exercise(const WhisperFile& file, std::span<const std::byte> bytes) {
  const WhisperHparams& h = file.hparams();
  require(file.file_bytes() == bytes.size() && looks_like_whisper(bytes));
  require(file.mel_filters().size() == std::size_t{h.n_mels} * 201);
  require(file.tokens().size() <= h.n_vocab);
  std::uint64_t sum = h.ftype;
  for (const std::string_view token : file.tokens()) {
    for (const char c : token) sum += static_cast<unsigned char>(c);
  }
  for (const TensorInfo& tensor : file.tensors()) {
    require(file.tensor(tensor.name) == &tensor && !tensor.data.empty());
    require(tensor.data.data() >= bytes.data() &&
            tensor.data.data() + tensor.data.size() <= bytes.data() + bytes.size());
    const std::uint64_t row = tensor::row_bytes(tensor.type, tensor.shape[0]).value_or(0);
    require(row * (tensor.shape.elements() / tensor.shape[0]) == tensor.data.size());
    sum += std::to_integer<std::uint64_t>(tensor.data.front()) +
           std::to_integer<std::uint64_t>(tensor.data.back());
  }
  return sum;
}

}  // namespace peregrine::gguf::testing
