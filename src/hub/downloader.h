// The loop behind download(): which chunk goes over which connection, and what to do when one breaks. One
// thread; libcurl's multi interface waits for all connections at once.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "hub/backoff.h"
#include "hub/client.h"
#include "hub/easy.h"
#include "hub/part_file.h"

namespace peregrine::hub {

class Downloader {
 public:
  // All of them outlive the downloader.
  Downloader(const Client& client, PartFile& part, const RemoteFile& remote, std::string_view beginning,
             const ProgressSink& sink);
  Downloader(const Downloader&) = delete;
  Downloader& operator=(const Downloader&) = delete;
  ~Downloader();

  // Returns with the part complete, or with an error after a checkpoint.
  Status run();

 private:
  // One connection and the chunk it fetches.
  struct Slot {
    Easy easy;
    bool busy = false;
    bool judged = false;       // the head of the response was checked
    bool no_ranges = false;    // it answers with the whole file whatever is asked
    bool by_shortcut = false;  // asked where the last redirect led, not where the chain begins
    unsigned hops = 0;
    std::size_t chunk = 0;
    std::uint64_t received = 0;  // by this attempt
    std::size_t swallowed = 0;   // of an error's body
    std::optional<Error> fatal;
  };

  Status loop();
  Status start_idle();
  void start(Slot& slot, std::size_t chunk);
  void send(Slot& slot, Url url);
  void stop(Slot& slot);
  std::optional<std::size_t> next_chunk() const;
  std::size_t busy_slots() const;

  // What libcurl calls: false ends the transfer.
  bool take(Slot& slot, std::string_view bytes);
  // Compares the head of a response with what was asked for; sets fatal or no_ranges when it will not do.
  void judge(Slot& slot);
  void judge_range(Slot& slot);
  bool check_beginning(Slot& slot);

  Status finish_transfers();
  Status finish(Slot& slot, CURLcode code);
  Status finish_answered(Slot& slot);
  Status retry(const Failure& failure);
  Status read_in_one_piece();

  Status report();

  const Client& client_;
  PartFile& part_;
  const RemoteFile& remote_;
  std::string_view beginning_;
  const ProgressSink& sink_;

  std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_;
  std::vector<std::unique_ptr<Slot>> slots_;
  Url start_;
  std::optional<Url> shortcut_;  // where redirects led: spares asking the hub for each chunk
  bool whole_ = false;           // in one piece, from the start
  std::size_t allowed_;          // connections at once; fewer after a server complained
  std::uint64_t since_failure_ = 0;
  Backoff backoff_;
  std::string reason_;  // of the last failure, while waiting
  std::string note_;    // to be told with the next report
  Backoff::Clock::time_point report_at_;
  Backoff::Clock::time_point checkpoint_at_;
};

}  // namespace peregrine::hub
