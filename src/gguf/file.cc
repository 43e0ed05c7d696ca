#include "gguf/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

#include "gguf/image.h"
#include "gguf/printable.h"
#include "gguf/shards.h"

namespace peregrine::gguf {
namespace {

using std::filesystem::path;

// Puts the file's name in front of an error's place.
Error in_file(const path& file, Error error) {
  error.where = error.where.empty() ? file.string() : fmt::format("{}: {}", file.string(), error.where);
  return error;
}

tl::unexpected<Error> file_error(ErrorCode code, std::string message, const path& file) {
  return fail(code, std::move(message), file.string());
}

struct Shard {
  base::MappedFile mapping;
  Image image;
  Split split;
};

Result<Shard> open_shard(const path& file) {
  Shard shard;
  PEREGRINE_ASSIGN(shard.mapping, base::MappedFile::open(file));
  auto image = parse_image(shard.mapping.bytes());
  if (!image) return tl::unexpected(in_file(file, std::move(image.error())));
  shard.image = std::move(*image);
  auto split = read_split(shard.image.metadata);
  if (!split) return tl::unexpected(in_file(file, std::move(split.error())));
  shard.split = *split;
  return shard;
}

// The file's name and its metadata must agree on which shard of how many it is.
Status check_place(const path& file, const std::optional<ShardName>& name, const Split& split) {
  if (!name && split.count == 1) return {};
  if (!name) {
    return file_error(
        ErrorCode::kInvalidArgument,
        fmt::format("this is shard {} of {}, but its name does not say so; name it {} and keep all "
                    "shards in one directory",
                    split.index + 1, split.count, shard_filename("NAME", split.index + 1, split.count)),
        file);
  }
  if (name->count != split.count || name->number != split.index + 1) {
    return file_error(ErrorCode::kCorrupt,
                      fmt::format("named as shard {} of {}, but its metadata says {} of {}", name->number,
                                  name->count, split.index + 1, split.count),
                      file);
  }
  return {};
}

}  // namespace

// Adds a shard's tensors to the File.
void File::append(base::MappedFile&& mapping, std::vector<TensorInfo>&& tensors) {
  file_bytes_ += mapping.bytes().size();
  mappings_.push_back(std::move(mapping));
  tensors_.insert(tensors_.end(), tensors.begin(), tensors.end());
}

Result<File> File::open(const path& path) {
  PEREGRINE_ASSIGN(Shard first, open_shard(path));
  const auto name = parse_shard_name(path.filename().string());
  PEREGRINE_TRY(check_place(path, name, first.split));
  if (first.split.index != 0) {
    return file_error(ErrorCode::kInvalidArgument,
                      fmt::format("shard {} of {}; open the first one, {}", name->number, name->count,
                                  shard_filename(name->prefix, 1, name->count)),
                      path);
  }
  File file;
  file.version_ = first.image.version;
  file.alignment_ = first.image.alignment;
  file.metadata_ = std::move(first.image.metadata);
  file.shards_ = first.split.count;
  file.append(std::move(first.mapping), std::move(first.image.tensors));
  for (std::uint32_t i = 1; i < first.split.count; ++i) {
    const auto shard_path = path.parent_path() / shard_filename(name->prefix, i + 1, name->count);
    PEREGRINE_ASSIGN(Shard shard, open_shard(shard_path));
    PEREGRINE_TRY(check_place(shard_path, parse_shard_name(shard_path.filename().string()), shard.split));
    if (shard.split.tensors != first.split.tensors) {
      return file_error(
          ErrorCode::kCorrupt,
          fmt::format("{} differs from that of the first shard: the files are of different models",
                      kKeySplitTensors),
          shard_path);
    }
    file.append(std::move(shard.mapping), std::move(shard.image.tensors));
    if (file.tensors_.size() > kMaxTensors) {
      return file_error(ErrorCode::kResourceExhausted,
                        fmt::format("more than {} tensors in all shards", kMaxTensors), shard_path);
    }
  }
  Status status = file.check_tensors(first.split.tensors);
  if (!status) return tl::unexpected(in_file(path, std::move(status.error())));
  return file;
}

Result<File> File::parse(std::span<const std::byte> bytes) {
  PEREGRINE_ASSIGN(Image image, parse_image(bytes));
  PEREGRINE_ASSIGN(const Split split, read_split(image.metadata));
  if (split.count > 1) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("shard {} of {}; shards are opened by the first one's path", split.index + 1,
                            split.count),
                std::string(kKeySplitCount));
  }
  File file;
  file.version_ = image.version;
  file.alignment_ = image.alignment;
  file.metadata_ = std::move(image.metadata);
  file.file_bytes_ = bytes.size();
  file.tensors_ = std::move(image.tensors);
  PEREGRINE_TRY(file.check_tensors(split.tensors));
  return file;
}

Status File::check_tensors(std::optional<std::uint64_t> expected) {
  if (expected && *expected != tensors_.size()) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{} tensors are announced, {} are there", *expected, tensors_.size()),
                std::string(kKeySplitTensors));
  }
  by_name_.resize(tensors_.size());
  std::iota(by_name_.begin(), by_name_.end(), 0U);
  const auto name = [this](std::uint32_t index) { return tensors_[index].name; };
  std::ranges::sort(by_name_, {}, name);
  const auto twice = std::ranges::adjacent_find(by_name_, {}, name);
  if (twice == by_name_.end()) return {};
  return fail(ErrorCode::kCorrupt, "the tensor appears twice", printable_name(name(*twice)));
}

const TensorInfo* File::tensor(std::string_view name) const {
  const auto name_of = [this](std::uint32_t index) { return tensors_[index].name; };
  const auto found = std::ranges::lower_bound(by_name_, name, {}, name_of);
  if (found == by_name_.end() || name_of(*found) != name) return nullptr;
  return &tensors_[*found];
}

}  // namespace peregrine::gguf
