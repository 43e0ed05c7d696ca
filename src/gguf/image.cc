#include "gguf/image.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <string_view>

#include "gguf/byte_reader.h"
#include "gguf/metadata_parser.h"
#include "gguf/own_keys.h"
#include "gguf/tensor_table.h"

namespace peregrine::gguf {
namespace {

constexpr std::string_view kHeader = "header";

// What people hand to a GGUF reader by mistake.
struct ForeignFormat {
  std::size_t offset;
  std::string_view signature;
  std::string_view advice;
};
constexpr std::array<ForeignFormat, 10> kForeignFormats = {{
    {0, "lmgg", "an old ggml file, or a whisper model, which transcribes and does nothing else; not GGUF"},
    {0, "fmgg", "an old ggml file (ggmf), not GGUF; convert the model to GGUF"},
    {0, "tjgg", "an old ggml file (ggjt), not GGUF; convert the model to GGUF"},
    {0, "algg", "an old ggml adapter, not GGUF; convert the adapter to GGUF"},
    {0, "version https://git-lfs", "a Git LFS pointer, not the model; fetch the model with `git lfs pull`"},
    {0, "<!DOCTYPE", "a web page, not a model; the download went wrong"},
    {0, "<!doctype", "a web page, not a model; the download went wrong"},
    {0, "<html", "a web page, not a model; the download went wrong"},
    {0, "PK\x03\x04", "a zip archive (perhaps a PyTorch checkpoint), not GGUF; convert the model to GGUF"},
    {8, "{\"", "perhaps a safetensors file, not GGUF; convert the model to GGUF"},
}};

tl::unexpected<Error> header_error(ErrorCode code, std::string message) {
  return fail(code, std::move(message), std::string(kHeader));
}

Status check_magic(std::string_view file) {
  if (file.starts_with(kMagic)) return {};
  if (file.empty()) return header_error(ErrorCode::kCorrupt, "the file is empty");
  for (const ForeignFormat& format : kForeignFormats) {
    if (file.size() >= format.offset && file.substr(format.offset).starts_with(format.signature)) {
      return header_error(ErrorCode::kUnsupported, std::string(format.advice));
    }
  }
  return header_error(ErrorCode::kCorrupt, "not a GGUF file: it does not start with \"GGUF\"");
}

Status check_version(std::uint32_t version) {
  if (version >= kMinVersion && version <= kMaxVersion) return {};
  if (version == 1) {
    return header_error(ErrorCode::kUnsupported,
                        "GGUF version 1, which is no longer read; convert the model again, to version 3");
  }
  const std::uint32_t swapped = __builtin_bswap32(version);
  if (swapped >= 1 && swapped <= kMaxVersion) {
    return header_error(ErrorCode::kUnsupported,
                        fmt::format("a big-endian GGUF file (version {}), which is not supported; "
                                    "use the little-endian file of this model",
                                    swapped));
  }
  return header_error(ErrorCode::kUnsupported, fmt::format("GGUF version {}; versions {} to {} are read",
                                                           version, kMinVersion, kMaxVersion));
}

Result<std::uint32_t> read_alignment(const Metadata& metadata) {
  PEREGRINE_ASSIGN(const std::uint32_t alignment,
                   of_format(metadata.u32_or(kKeyAlignment, kDefaultAlignment)));
  if (!std::has_single_bit(alignment) || alignment < kMinAlignment || alignment > kMaxAlignment) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("alignment {} is not a power of two from {} to {}", alignment, kMinAlignment,
                            kMaxAlignment),
                std::string(kKeyAlignment));
  }
  return alignment;
}

}  // namespace

Result<Image> parse_image(std::span<const std::byte> bytes) {
  PEREGRINE_TRY(check_magic(as_text(bytes.first(std::min<std::size_t>(bytes.size(), 32)))));
  ByteReader reader(bytes);
  std::uint32_t magic = 0;
  Image image;
  std::uint64_t tensor_count = 0;
  std::uint64_t key_count = 0;
  if (!reader.read(magic) || !reader.read(image.version)) {
    return header_error(ErrorCode::kCorrupt, "the file ends inside the header");
  }
  PEREGRINE_TRY(check_version(image.version));
  if (!reader.read(tensor_count) || !reader.read(key_count)) {
    return header_error(ErrorCode::kCorrupt, "the file ends inside the header");
  }
  PEREGRINE_ASSIGN(image.metadata, MetadataParser(reader).parse(key_count));
  PEREGRINE_ASSIGN(image.alignment, read_alignment(image.metadata));
  PEREGRINE_ASSIGN(image.tensors, parse_tensor_table(reader, tensor_count, image.alignment, bytes));
  return image;
}

}  // namespace peregrine::gguf
