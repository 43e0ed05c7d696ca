// Writes a synthetic model: its keys, its tensor table, then tensor after tensor, each made while it is
// written. Memory stays within some tens of MiB, whatever the size of the model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "app/synthetic/spec.h"
#include "base/function_ref.h"
#include "base/result.h"

namespace peregrine::app::synthetic {

// Called with the bytes of tensors written so far, of `total`.
using Progress = base::FunctionRef<void(std::uint64_t done, std::uint64_t total)>;

// Replaces `path` in one step, as base::write_file_atomically does. Errors: kIo; kResourceExhausted when the
// disk has not enough space left.
Status write_model(const ModelSpec& spec, const std::filesystem::path& path, Progress progress);

// Errors: kResourceExhausted when the disk of `path` has not that much space left; no error where the system
// does not say what is left.
Status check_space(const std::filesystem::path& path, std::uint64_t bytes);

// The same bytes in memory.
Result<std::vector<std::byte>> model_bytes(const ModelSpec& spec);

}  // namespace peregrine::app::synthetic
