// What the server does now, looked at once a second: the models in memory, and how fast they read and write.
// Whoever wants to see each new picture listens. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "service/library/library.h"

namespace peregrine::service {

// Tokens per second.
struct TokenRates {
  double prompt = 0;     // computed of prompts; those from the prefix cache are none
  double generated = 0;  // of completions
};

struct LiveModel {
  ModelUse use;
  TokenRates rates;
};

struct LivePicture {
  std::chrono::system_clock::time_point at;
  std::vector<LiveModel> models;
  TokenRates rates;  // of all of them
};

class LiveBoard {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kInterval{1000};
  static constexpr std::chrono::milliseconds kRateSpan{2000};  // that rates are taken over
  static constexpr std::size_t kMaxListeners = 32;

  // `look` tells of the models in memory; it outlives this, as does what it refers to.
  explicit LiveBoard(std::function<std::vector<ModelUse>()> look,
                     std::chrono::milliseconds interval = kInterval);
  LiveBoard(const LiveBoard&) = delete;
  LiveBoard& operator=(const LiveBoard&) = delete;
  ~LiveBoard();  // after every Listening

  LivePicture latest() const;

  // Ends when it is destroyed.
  class Listening {
   public:
    Listening(Listening&& other) noexcept : board_(std::exchange(other.board_, nullptr)), id_(other.id_) {}
    Listening& operator=(Listening&&) = delete;
    ~Listening();

   private:
    friend class LiveBoard;
    Listening(LiveBoard* board, std::uint64_t id) : board_(board), id_(id) {}
    LiveBoard* board_;
    std::uint64_t id_;
  };
  // `on_picture` is called on the board's thread after each new picture; it must not block, nor call the
  // board. Nothing when kMaxListeners listen already.
  std::optional<Listening> listen(std::function<void()> on_picture);

  // Looks once, at the time `now`. The board's thread does; tests do.
  void look(Clock::time_point now);

 private:
  struct Counts {
    std::uint64_t prompt = 0;
    std::uint64_t generated = 0;
  };
  struct Sample {
    Clock::time_point at;
    std::map<std::string, Counts> models;  // by id
  };

  void run(std::chrono::milliseconds interval);
  TokenRates rates_of(const std::string& id, const Counts& now, Clock::time_point at) const;

  const std::function<std::vector<ModelUse>()> look_;
  mutable std::mutex mutex_;
  std::condition_variable stop_;
  std::deque<Sample> samples_;
  LivePicture picture_;
  std::map<std::uint64_t, std::function<void()>> listeners_;
  std::uint64_t next_listener_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace peregrine::service
