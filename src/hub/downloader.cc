#include "hub/downloader.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <utility>

#include "hub/limits.h"

namespace peregrine::hub {
namespace {

Error changed(const Url& url) {
  return {ErrorCode::kUnavailable, "the file on the server has changed meanwhile; run the command again",
          url.shown()};
}

// A link that leads where a redirect led may run out; the chain's beginning gives a new one.
bool ran_out(int status) {
  return status == 401 || status == 403 || status == 404 || status == 410;
}

}  // namespace

Downloader::Downloader(const Client& client, PartFile& part, const RemoteFile& remote,
                       std::string_view beginning, const ProgressSink& sink)
    : client_(client),
      part_(part),
      remote_(remote),
      beginning_(beginning),
      sink_(sink),
      multi_(nullptr, curl_multi_cleanup),
      allowed_(client.options().connections),
      backoff_(client.options().backoff) {
  const std::size_t connections = std::min<std::size_t>(allowed_, part.chunks());
  for (std::size_t i = 0; i < connections; ++i) slots_.push_back(std::make_unique<Slot>());
  multi_.reset(curl_multi_init());
  if (!multi_) throw std::bad_alloc();
}

Downloader::~Downloader() {
  for (const auto& slot : slots_) stop(*slot);
}

Status Downloader::run() {
  PEREGRINE_ASSIGN(start_, parse_url(remote_.url));
  PEREGRINE_TRY(check_start(start_, client_.endpoint()));
  if (part_.restarted()) note_ = "the file on the server is another one than before: starting over";
  checkpoint_at_ = Backoff::Clock::now() + kCheckpointInterval;
  const Status status = loop();
  for (const auto& slot : slots_) stop(*slot);
  const Status saved = part_.checkpoint();
  return status ? saved : status;
}

Status Downloader::loop() {
  while (!part_.complete()) {
    PEREGRINE_TRY(report());
    PEREGRINE_TRY(start_idle());
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    PEREGRINE_TRY(finish_transfers());
    if (Backoff::Clock::now() >= checkpoint_at_) {
      PEREGRINE_TRY(part_.checkpoint());
      checkpoint_at_ = Backoff::Clock::now() + kCheckpointInterval;
    }
    const auto pause = backoff_.waiting() ? std::min(kTick, backoff_.left()) : kTick;
    if (!part_.complete())
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause.count()), nullptr);
  }
  return report();
}

Status Downloader::report() {
  const auto now = Backoff::Clock::now();
  if (now < report_at_ && !part_.complete()) return {};
  report_at_ = now + kTick;
  const bool waiting = busy_slots() == 0 && backoff_.waiting();
  const std::string note = waiting ? reason_ : std::exchange(note_, {});
  const Progress progress{waiting ? Stage::kWaiting : Stage::kDownloading, part_.done(), part_.size(), note};
  if (sink_(progress)) return {};
  return fail(ErrorCode::kCancelled, "stopped; the same command goes on where it stopped");
}

std::size_t Downloader::busy_slots() const {
  return static_cast<std::size_t>(
      std::count_if(slots_.begin(), slots_.end(), [](const auto& slot) { return slot->busy; }));
}

std::optional<std::size_t> Downloader::next_chunk() const {
  for (std::size_t chunk = 0; chunk < part_.chunks(); ++chunk) {
    const bool taken = std::any_of(slots_.begin(), slots_.end(),
                                   [chunk](const auto& slot) { return slot->busy && slot->chunk == chunk; });
    if (!taken && part_.missing(chunk).bytes > 0) return chunk;
  }
  return std::nullopt;
}

Status Downloader::start_idle() {
  for (const auto& slot : slots_) {
    if (slot->busy || backoff_.waiting() || busy_slots() >= allowed_) continue;
    const auto chunk = next_chunk();
    if (!chunk) break;
    // Without ranges a second attempt has to begin again.
    if (whole_) part_.forget(true);
    start(*slot, *chunk);
  }
  return {};
}

void Downloader::start(Slot& slot, std::size_t chunk) {
  slot.busy = true;
  slot.chunk = chunk;
  slot.hops = 0;
  slot.received = 0;
  slot.by_shortcut = shortcut_.has_value();
  send(slot, shortcut_.value_or(start_));
}

void Downloader::send(Slot& slot, Url url) {
  slot.judged = false;
  slot.no_ranges = false;
  slot.swallowed = 0;
  Easy::Request request = client_.request(std::move(url));
  if (!whole_) {
    const PartFile::Range range = part_.missing(slot.chunk);
    request.range = fmt::format("{}-{}", range.first, range.first + range.bytes - 1);
    // The ETag is the last server's; a digest makes it unnecessary.
    if (remote_.sha256.empty()) request.if_range = remote_.validator;
  }
  slot.easy.prepare(std::move(request), client_.options(),
                    [this, &slot](std::string_view bytes) { return take(slot, bytes); });
  curl_multi_add_handle(multi_.get(), slot.easy.handle());
}

void Downloader::stop(Slot& slot) {
  if (!slot.busy) return;
  curl_multi_remove_handle(multi_.get(), slot.easy.handle());
  slot.busy = false;
}

bool Downloader::take(Slot& slot, std::string_view bytes) {
  const int status = slot.easy.head().status();
  if (status != 200 && status != 206) {
    slot.swallowed += bytes.size();
    return slot.swallowed <= kMaxErrorBodyBytes;
  }
  if (!slot.judged) judge(slot);
  if (slot.fatal || slot.no_ranges) return false;
  if (auto written = part_.write(slot.chunk, bytes); !written) {
    slot.fatal = written.error();
    return false;
  }
  slot.received += bytes.size();
  since_failure_ += bytes.size();
  // In one piece nothing of an attempt is kept, so its bytes are no progress.
  if (!whole_ && since_failure_ >= kGoodProgressBytes) backoff_.succeed();
  return slot.chunk != 0 || check_beginning(slot);
}

void Downloader::judge(Slot& slot) {
  slot.judged = true;
  if (slot.easy.head().status() == 206) return judge_range(slot);
  const auto length = parse_decimal(slot.easy.head().get("content-length"));
  const std::string etag = strong_etag(slot.easy.head().get("etag"));
  const bool other = !slot.easy.request().if_range.empty() && !etag.empty() && etag != remote_.validator;
  if (other || (length && *length != part_.size())) {
    slot.fatal = changed(slot.easy.url());
  } else if (!whole_ && part_.missing(slot.chunk).bytes != part_.size()) {
    slot.no_ranges = true;
  }
}

void Downloader::judge_range(Slot& slot) {
  const auto got = parse_content_range(slot.easy.head().get("content-range"));
  const PartFile::Range wanted = part_.missing(slot.chunk);
  if (!got || whole_ || got->first != wanted.first || got->last != wanted.first + wanted.bytes - 1) {
    slot.fatal =
        failure_of_protocol("it sends another part of the file than was asked for", slot.easy.url()).error;
  }
  if (got && got->total != part_.size()) slot.fatal = changed(slot.easy.url());
}

bool Downloader::check_beginning(Slot& slot) {
  const std::uint64_t received = part_.missing(0).first;
  if (received < beginning_.size() || received - slot.received >= beginning_.size()) return true;
  const auto begins = part_.begins_with(beginning_);
  if (!begins) {
    slot.fatal = begins.error();
  } else if (!*begins) {
    slot.fatal =
        Error{ErrorCode::kCorrupt,
              "is not a model file: the server sends something else, perhaps a web page; check the link",
              slot.easy.url().shown()};
  }
  return !slot.fatal;
}

Status Downloader::finish_transfers() {
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    void* easy = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &easy);
    const auto slot = std::find_if(slots_.begin(), slots_.end(),
                                   [easy](const auto& candidate) { return &candidate->easy == easy; });
    if (slot == slots_.end()) continue;
    stop(**slot);
    PEREGRINE_TRY(finish(**slot, code));
  }
  return {};
}

Status Downloader::finish(Slot& slot, CURLcode code) {
  if (slot.fatal) return tl::unexpected(*slot.fatal);
  if (slot.no_ranges) return read_in_one_piece();
  const int status = slot.easy.head().status();
  const bool answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && status >= 300);
  if (answered && !slot.easy.head_too_large()) return finish_answered(slot);
  return retry(client_.failure_of(slot.easy, code));
}

Status Downloader::finish_answered(Slot& slot) {
  const ResponseHead& head = slot.easy.head();
  if (head.is_redirect()) {
    if (++slot.hops > kMaxRedirects) {
      return tl::unexpected(failure_of_protocol("it redirects too often", start_).error);
    }
    PEREGRINE_ASSIGN(Url next, client_.next_hop(slot.easy, start_));
    slot.busy = true;
    send(slot, std::move(next));
    return {};
  }
  if (head.status() == 200 || head.status() == 206) {
    if (slot.hops > 0) shortcut_ = slot.easy.url();
    if (part_.missing(slot.chunk).bytes == 0) {
      backoff_.succeed();
      return {};
    }
    return retry(failure_of_curl(CURLE_PARTIAL_FILE, "", slot.easy.url()));
  }
  Failure failure = client_.failure_of(slot.easy, CURLE_OK);
  if (slot.by_shortcut && ran_out(head.status())) {
    shortcut_.reset();
    failure.transient = true;
  }
  return retry(failure);
}

Status Downloader::retry(const Failure& failure) {
  if (!failure.transient) return tl::unexpected(failure.error);
  if (failure.crowded) allowed_ = std::max<std::size_t>(1, allowed_ / 2);
  since_failure_ = 0;
  reason_ = failure.error.text();
  if (backoff_.fail(failure.retry_after)) return {};
  return tl::unexpected(failure.error);
}

Status Downloader::read_in_one_piece() {
  for (const auto& slot : slots_) stop(*slot);
  whole_ = true;
  allowed_ = 1;
  note_ = "the server cannot send parts of a file: reading it in one piece, which cannot be resumed";
  part_.forget(true);
  return {};
}

}  // namespace peregrine::hub
