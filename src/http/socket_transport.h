// One accepted socket: bounded input, output that waits for a slow peer, and the peer's presence.
//
// Everything but post_wake() is called on the connection's io thread. One coroutine at a time sleeps here, in
// one place (sleep_until); whatever may end a wait calls wake(), and the sleeper looks at its own condition
// again. So no wait is ever cancelled, and a read outlives the wait that started it without losing bytes.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/input_buffer.h"
#include "http/limits.h"
#include "http/patience.h"
#include "http/task.h"
#include "http/transport.h"

namespace peregrine::http {

class SocketTransport final : public Transport, public std::enable_shared_from_this<SocketTransport> {
 public:
  SocketTransport(boost::asio::ip::tcp::socket socket, const Limits& limits);

  const std::string& peer() const { return peer_; }

  std::string_view input() const { return input_.view(); }
  void consume(std::size_t bytes) { input_.consume(bytes); }

  enum class Read { kData, kEnd, kTimeout, kFull };
  // Waits until input() has grown. kEnd: the peer will send no more, or the connection is broken.
  Task<Read> read_more(TimePoint deadline);

  // Keeps reading ahead meanwhile.
  void watch(std::function<void()> on_peer_closed) override;
  void unwatch() override;

  Task<bool> send(std::string_view a, std::string_view b = {}, std::string_view c = {}) override;

  // From here on the peer has its whole time to take what is sent.
  void begin_answer();

  // Aborts then, whatever is under way; max(): no more.
  void end_at(TimePoint deadline);

  Task<void> sleep_until(TimePoint deadline) override;
  void wake();
  Task<void> yield() override;
  void post_wake() override;

  // The peer sent FIN or reset, or the connection is broken.
  bool peer_closed() const override { return peer_closed_; }
  // Nothing can be sent any more.
  bool broken() const { return broken_; }

  void abort();
  // Ends our side, then gives the peer time to read what was sent and to close, discarding its input: a
  // socket closed over unread input resets the connection, and the peer may lose our last answer.
  Task<void> close_gently();

 private:
  void start_read();
  void on_read(const boost::system::error_code& error, std::size_t bytes);
  Task<bool> wait_writable();
  void look_at_progress();
  void probe_later();
  void peer_left();

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer sleep_;
  boost::asio::steady_timer probe_;
  boost::asio::steady_timer end_;
  const Limits& limits_;
  InputBuffer input_;
  std::string peer_;
  std::function<void()> on_peer_closed_;
  Patience reader_;          // with the peer's reading
  std::uint64_t sent_ = 0;   // bytes that the kernel took
  std::uint64_t taken_ = 0;  // of them, what the peer had taken when we looked last
  std::size_t sent_without_pause_ = 0;
  bool reading_ = false;         // a read is outstanding
  bool awaiting_write_ = false;  // a wait for writability is outstanding
  bool watching_ = false;
  bool ended_ = false;  // end of input was read
  bool peer_closed_ = false;
  bool broken_ = false;
};

}  // namespace peregrine::http
