#include "model/lora/files/zip.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "gguf/byte_reader.h"
#include "gguf/printable.h"
#include "model/lora/files/limits.h"

namespace peregrine::model {
namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

tl::unexpected<Error> refuse(ErrorCode code, std::string message, std::string_view where = {}) {
  return fail(code, std::move(message), gguf::printable(where, gguf::PrintStyle::kLine, kMaxShownChars));
}

// libzip makes room for all entries that an archive announces, so they are counted before it is asked. One
// end record, at the end, without the extension for large archives: there is no other count then.
Status check_entries(std::span<const std::byte> bytes) {
  constexpr std::size_t kEndBytes = 22;
  constexpr std::size_t kLocatorBytes = 20;
  constexpr std::size_t kCountAt = 10;
  constexpr std::uint32_t kEndMagic = 0x06054B50;
  constexpr std::uint32_t kLocatorMagic = 0x07064B50;
  if (bytes.size() < kEndBytes) return refuse(ErrorCode::kCorrupt, "the ZIP archive ends too early");
  const std::byte* const end = bytes.data() + (bytes.size() - kEndBytes);
  if (gguf::load<std::uint32_t>(end) != kEndMagic) {
    return refuse(ErrorCode::kCorrupt, "the ZIP archive does not end with its directory");
  }
  const bool large = bytes.size() >= kEndBytes + kLocatorBytes &&
                     gguf::load<std::uint32_t>(end - kLocatorBytes) == kLocatorMagic;
  const auto entries = gguf::load<std::uint16_t>(end + kCountAt);
  if (large || entries > kMaxZipEntries) {
    return refuse(ErrorCode::kUnsupported,
                  fmt::format("the ZIP archive must have exactly two members, {} and {}", kAdapterConfigName,
                              kAdapterWeightsName));
  }
  return {};
}

Result<Archive> open_archive(std::span<const std::byte> bytes) {
  zip_error_t error;
  zip_error_init(&error);
  const auto failed = [&error](std::string_view what) {
    std::string message = fmt::format("{}: {}", what, zip_error_strerror(&error));
    zip_error_fini(&error);
    return refuse(ErrorCode::kCorrupt, std::move(message));
  };
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return failed("the ZIP archive cannot be read");
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (archive == nullptr) {
    zip_source_free(source);
    return failed("the file is not a sound ZIP archive");
  }
  zip_error_fini(&error);
  return Archive(archive);
}

bool is_link(zip_t* archive, std::uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return true;
  constexpr unsigned kModeShift = 16;
  const std::uint32_t kind = (attributes >> kModeShift) & S_IFMT;
  return system == ZIP_OPSYS_UNIX && kind != 0 && kind != S_IFREG;
}

Status check_member(zip_t* archive, const zip_stat_t& stat, std::string_view name, std::uint64_t most) {
  constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if ((stat.valid & kNeeded) != kNeeded) return refuse(ErrorCode::kCorrupt, "has no sizes", name);
  const bool encrypted =
      (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
  if (encrypted) return refuse(ErrorCode::kUnsupported, "is encrypted", name);
  if (is_link(archive, stat.index)) return refuse(ErrorCode::kUnsupported, "is not a plain file", name);
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
    return refuse(ErrorCode::kUnsupported, "is neither stored nor deflated", name);
  }
  if (stat.size > most) {
    return refuse(ErrorCode::kResourceExhausted,
                  fmt::format("has {} bytes unpacked; the limit is {}", stat.size, most), name);
  }
  if (stat.size / kMaxInflation > stat.comp_size) {
    return refuse(ErrorCode::kResourceExhausted,
                  fmt::format("unpacks to more than {} times its size", kMaxInflation), name);
  }
  return {};
}

// Exactly the announced size, and no byte more; libzip compares the checksum at the end.
template <class Bytes>
Status unpack(zip_t* archive, const zip_stat_t& stat, std::string_view name, Bytes& out) {
  const std::unique_ptr<zip_file_t, CloseMember> file(zip_fopen_index(archive, stat.index, 0));
  if (file == nullptr) return refuse(ErrorCode::kCorrupt, "cannot be unpacked", name);
  out.resize(stat.size);
  std::uint64_t done = 0;
  while (done < stat.size) {
    const zip_int64_t got = zip_fread(file.get(), out.data() + done, stat.size - done);
    if (got <= 0) return refuse(ErrorCode::kCorrupt, "does not unpack to what it announces", name);
    done += static_cast<std::uint64_t>(got);
  }
  char beyond = 0;
  if (zip_fread(file.get(), &beyond, 1) != 0) {
    return refuse(ErrorCode::kCorrupt, "does not unpack to what it announces", name);
  }
  return {};
}

}  // namespace

Result<AdapterArchive> read_adapter_zip(std::span<const std::byte> bytes) {
  if (bytes.size() > kMaxAdapterBytes) {
    return refuse(ErrorCode::kResourceExhausted,
                  fmt::format("the ZIP archive is larger than {} bytes", kMaxAdapterBytes));
  }
  PEREGRINE_TRY(check_entries(bytes));
  PEREGRINE_ASSIGN(const Archive archive, open_archive(bytes));
  std::array<std::optional<zip_stat_t>, 2> members;
  constexpr std::array<std::string_view, 2> kNames = {kAdapterConfigName, kAdapterWeightsName};
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < std::min<zip_int64_t>(count, kMaxZipEntries + 1); ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const char* const raw = zip_get_name(archive.get(), index, ZIP_FL_ENC_RAW);
    const std::string_view name = raw == nullptr ? std::string_view() : raw;
    const auto known = std::ranges::find(kNames, name);
    if (known == kNames.end()) {
      return refuse(ErrorCode::kUnsupported,
                    fmt::format("the ZIP archive has a member besides {} and {} at its top level",
                                kAdapterConfigName, kAdapterWeightsName),
                    name);
    }
    auto& member = members[static_cast<std::size_t>(known - kNames.begin())];
    if (member) return refuse(ErrorCode::kCorrupt, "is in the ZIP archive twice", name);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(archive.get(), index, ZIP_FL_ENC_RAW, &stat) != 0) {
      return refuse(ErrorCode::kCorrupt, "has no sizes", name);
    }
    const std::uint64_t most = name == kAdapterConfigName ? kMaxAdapterConfigBytes : kMaxAdapterBytes;
    PEREGRINE_TRY(check_member(archive.get(), stat, name, most));
    member = stat;
  }
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (!members[i]) return refuse(ErrorCode::kCorrupt, "is not in the ZIP archive", kNames[i]);
  }
  AdapterArchive out;
  PEREGRINE_TRY(unpack(archive.get(), *members[0], kNames[0], out.config));
  PEREGRINE_TRY(unpack(archive.get(), *members[1], kNames[1], out.weights));
  return out;
}

}  // namespace peregrine::model
