// A download on disk: TARGET.part with the bytes, TARGET.part.json with what file they are of and how far
// each chunk has come. TARGET itself appears by publish(), whole and checked.
//
// The state is written after the bytes it speaks of, so after a crash it promises no more than there is. One
// process at a time: TARGET.part is locked while it is open. What is there is continued only if it is of the
// same remote file, by digest, or by ETag and URL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "hub/client.h"
#include "hub/progress.h"

namespace peregrine::hub {

// The names beside a target.
std::filesystem::path part_path(const std::filesystem::path& target);
std::filesystem::path part_state_path(const std::filesystem::path& target);

// What TARGET.part.json says. Parsed from a file that anything may have happened to.
struct PartState {
  RemoteFile remote;
  std::uint64_t chunk_bytes = 0;
  std::vector<std::uint64_t> received;  // bytes from the front of each chunk
  bool verified = false;                // digest and beginning were checked

  std::uint64_t done() const;
};
std::string render_part_state(const PartState& state);
// nullopt for anything that contradicts itself.
std::optional<PartState> parse_part_state(std::string_view json);
// Of an unfinished download, without opening it; nullopt when there is none or its state is unreadable.
std::optional<PartState> read_part_state(const std::filesystem::path& target);

class PartFile {
 public:
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t bytes = 0;
  };

  // Opens or makes the file and reserves its space. Errors: kIo, kResourceExhausted when the disk is full,
  // kUnavailable when another process has it; `where` is the path.
  static Result<PartFile> open(const std::filesystem::path& target, const RemoteFile& remote,
                               std::uint64_t chunk_bytes);

  PartFile(PartFile&& other) noexcept
      : target_(std::move(other.target_)),
        fd_(std::exchange(other.fd_, -1)),
        state_(std::move(other.state_)),
        restarted_(other.restarted_) {}
  PartFile& operator=(PartFile&&) = delete;
  ~PartFile();

  // There was a download of another version of the file, which is gone.
  bool restarted() const { return restarted_; }

  std::uint64_t size() const { return state_.remote.size; }
  std::uint64_t done() const { return state_.done(); }
  bool complete() const { return done() == size(); }
  bool verified() const { return state_.verified; }

  std::size_t chunks() const { return state_.received.size(); }
  // What is still to come of a chunk.
  Range missing(std::size_t chunk) const;

  // Appends to what a chunk has; no more than it misses.
  Status write(std::size_t chunk, std::string_view bytes);
  // Forgets all that was received. `whole`: one chunk from now on.
  void forget(bool whole);
  // Makes what was written survive a crash.
  Status checkpoint();

  // Whether the file begins with `beginning`.
  Result<bool> begins_with(std::string_view beginning) const;
  // Compares the complete file with the digest, where one is known, and remembers that it was right. Errors:
  // kCorrupt, after which the download is gone; kCancelled.
  Status verify(const ProgressSink& sink);

  // Gives the complete, verified file its name, replacing what had it; survives a crash from then on.
  Status publish();
  // Removes the download.
  void discard();

 private:
  PartFile(std::filesystem::path target, int fd) : target_(std::move(target)), fd_(fd) {}

  Status reserve();

  std::filesystem::path target_;
  int fd_ = -1;
  PartState state_;
  bool restarted_ = false;
};

}  // namespace peregrine::hub
