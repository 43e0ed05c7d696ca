// Whisper models of random weights, in the ggml container that whisper.cpp reads: the shapes of the published
// models, their vocabularies' layout, and matrices of one type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/synthetic/layout.h"
#include "app/synthetic/model_file.h"
#include "app/synthetic/spec.h"
#include "gguf/whisper_file.h"

namespace peregrine::app::synthetic {

struct WhisperSpec {
  std::string name;
  gguf::WhisperHparams hparams;
  tensor::DType type = tensor::DType::kF16;  // of matrices; convolutions are F16 or F32
  std::uint64_t seed = 0;
};

// "whisper-base", "whisper-large-v3-turbo", ...; "whisper-micro" is for tests. In the order of their sizes.
std::vector<std::string_view> whisper_presets();
bool is_whisper_preset(std::string_view preset);

// Types in any case; F16 unless one is asked for. Errors: kInvalidArgument for sizes, which whisper's presets
// do not take, and other architectures; kNotFound for presets and types that there are not.
Result<WhisperSpec> resolve_whisper(const SpecRequest& request);

std::vector<PlannedTensor> plan_tensors(const WhisperSpec& spec);

// As write_model() and model_bytes() of language models.
Status write_model(const WhisperSpec& spec, const std::filesystem::path& path, Progress progress);
Result<std::vector<std::byte>> model_bytes(const WhisperSpec& spec);

}  // namespace peregrine::app::synthetic
