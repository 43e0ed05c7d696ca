#include "api/audio/source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "api/audio/base64.h"
#include "http/message.h"
#include "hub/public_fetch.h"

namespace peregrine::api {
namespace {

// Each takes a worker for as long as its server likes.
constexpr unsigned kMaxFetches = 2;

class FetchSlot {
 public:
  FetchSlot() : free_(running_.fetch_add(1) < kMaxFetches) {}
  FetchSlot(const FetchSlot&) = delete;
  FetchSlot& operator=(const FetchSlot&) = delete;
  ~FetchSlot() { running_.fetch_sub(1); }
  bool is_free() const { return free_; }

 private:
  static inline std::atomic<unsigned> running_ = 0;
  const bool free_;
};

tl::unexpected<Error> of_url(ErrorCode code, std::string message) {
  return fail(code, std::move(message), "url");
}

// A file without a name: made so where the file system can, else its name is taken away at once.
Result<http::FileDescriptor> make_file(const AudioOptions& options) {
  http::FileDescriptor file(::open(options.spool_folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.get() >= 0) return file;
  std::string name = options.spool_folder / "sound-XXXXXX";
  file = http::FileDescriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (file.get() >= 0 && ::unlink(name.c_str()) == 0) return file;
  return fail(ErrorCode::kIo, std::string("no temporary file: ") + std::strerror(errno),
              options.spool_folder.string());
}

Status write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail(ErrorCode::kIo, std::string("write: ") + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::string too_large(const AudioOptions& options) {
  return fmt::format("the sound is larger than the limit of {} bytes", options.max_file_bytes);
}

Result<http::FileDescriptor> decode_to_file(std::string_view encoded, const AudioOptions& options) {
  const std::optional<std::string> bytes = decode_base64(encoded);
  if (!bytes || bytes->empty()) {
    return of_url(ErrorCode::kInvalidArgument, "'url' : is neither an http address nor base64 data");
  }
  if (bytes->size() > options.max_file_bytes)
    return of_url(ErrorCode::kResourceExhausted, too_large(options));
  PEREGRINE_ASSIGN(http::FileDescriptor file, make_file(options));
  PEREGRINE_TRY(write_all(file.get(), *bytes));
  return file;
}

Result<http::FileDescriptor> fetch_to_file(const std::string& url, const AudioOptions& options,
                                           const std::atomic<bool>& stop) {
  if (!options.allow_urls) {
    return of_url(ErrorCode::kInvalidArgument,
                  "'url' : this server fetches nothing from the network; send the file, or base64 data");
  }
  const FetchSlot slot;
  if (!slot.is_free()) return of_url(ErrorCode::kUnavailable, "too many recordings are being fetched");
  PEREGRINE_ASSIGN(http::FileDescriptor file, make_file(options));
  Status stored;
  const hub::FetchLimits limits{.max_bytes = options.max_file_bytes, .timeout = options.fetch_timeout};
  const auto keep = [&](std::string_view bytes) {
    stored = write_all(file.get(), bytes);
    return stored.has_value() && !stop;
  };
  const Status fetched = hub::fetch_public(url, limits, keep, [&stop] { return !stop; });
  if (!stored) return tl::unexpected(std::move(stored.error()));
  if (fetched) return file;
  switch (fetched.error().code) {
    case ErrorCode::kResourceExhausted:
      return of_url(ErrorCode::kResourceExhausted, too_large(options));
    case ErrorCode::kCancelled:
      return of_url(ErrorCode::kCancelled, fetched.error().message);
    default:
      // What stands at addresses of this network is nobody's to learn from the reason.
      return of_url(ErrorCode::kInvalidArgument, "'url' : could not be fetched: " + fetched.error().message);
  }
}

}  // namespace

bool is_web_address(const std::string& url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string::npos) return false;
  const std::string_view scheme = std::string_view(url).substr(0, colon);
  return http::equal_ignoring_case(scheme, "http") || http::equal_ignoring_case(scheme, "https");
}

Result<http::FileDescriptor> open_url(const std::string& url, const AudioOptions& options,
                                      const std::atomic<bool>& stop) {
  if (is_web_address(url)) return fetch_to_file(url, options, stop);
  return decode_to_file(base64_of_data_url(url).value_or(url), options);
}

}  // namespace peregrine::api
