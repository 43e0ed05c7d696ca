#include "http/socket_transport.h"

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace peregrine::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// A chunk header, a trailer section or a part of a body has at least this much room.
constexpr std::size_t kMinInputCapacity = 16 * 1024;
// After so many bytes to a fast peer, other connections of the io thread get a turn.
constexpr std::size_t kMaxBytesWithoutPause = 1 << 20;
// How often presence is asked for while the input buffer is full and reading cannot tell.
constexpr std::chrono::milliseconds kProbeInterval{100};
constexpr std::size_t kMaxLingerBytes = 64u << 20;

// A socket for both families shows IPv4 peers as ::ffff:a.b.c.d.
std::string address_text(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

}  // namespace

SocketTransport::SocketTransport(asio::ip::tcp::socket socket, const Limits& limits)
    : socket_(std::move(socket)),
      sleep_(socket_.get_executor()),
      probe_(socket_.get_executor()),
      end_(socket_.get_executor()),
      limits_(limits),
      input_(std::max(limits.max_header_bytes, kMinInputCapacity)),
      reader_(limits.write_timeout, limits.progress_bytes) {
  error_code error;
  const auto endpoint = socket_.remote_endpoint(error);
  if (!error) peer_ = address_text(endpoint.address());
  // A socket that takes no options has been reset already; the first read will say so.
  socket_.non_blocking(true, error);
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  if (limits.send_buffer_bytes > 0) {
    const auto bytes = static_cast<int>(std::min<std::size_t>(limits.send_buffer_bytes, 1u << 30));
    socket_.set_option(asio::socket_base::send_buffer_size(bytes), error);
  }
}

void SocketTransport::start_read() {
  if (reading_ || ended_ || broken_) return;
  const std::span<char> room = input_.prepare();
  if (room.empty()) {
    if (watching_) probe_later();
    return;
  }
  reading_ = true;
  socket_.async_read_some(asio::buffer(room.data(), room.size()),
                          [self = shared_from_this()](const error_code& error, std::size_t bytes) {
                            self->on_read(error, bytes);
                          });
}

void SocketTransport::on_read(const error_code& error, std::size_t bytes) {
  reading_ = false;
  input_.commit(bytes);
  if (error) {
    ended_ = true;
    if (error != asio::error::eof) broken_ = true;
    peer_left();
  } else if (watching_) {
    start_read();
  }
  wake();
}

Task<SocketTransport::Read> SocketTransport::read_more(TimePoint deadline) {
  const std::size_t before = input().size();
  start_read();
  if (!reading_ && !ended_ && !broken_) co_return Read::kFull;
  while (input().size() == before) {
    if (ended_ || broken_) co_return Read::kEnd;
    if (Clock::now() >= deadline) co_return Read::kTimeout;
    co_await sleep_until(deadline);
  }
  co_return Read::kData;
}

void SocketTransport::watch(std::function<void()> on_peer_closed) {
  watching_ = true;
  on_peer_closed_ = std::move(on_peer_closed);
  start_read();
}

void SocketTransport::unwatch() {
  watching_ = false;
  on_peer_closed_ = nullptr;
  probe_.cancel();
}

// A FIN behind unread input is invisible to reads and to readiness events, but poll() reports it.
void SocketTransport::probe_later() {
  probe_.expires_after(kProbeInterval);
  probe_.async_wait([self = shared_from_this()](const error_code& cancelled) {
    if (cancelled || !self->watching_ || self->peer_closed_) return;
    pollfd status{self->socket_.native_handle(), POLLRDHUP, 0};
    if (::poll(&status, 1, 0) > 0) {
      self->peer_left();
      self->wake();
    } else {
      self->probe_later();
    }
  });
}

void SocketTransport::peer_left() {
  if (std::exchange(peer_closed_, true)) return;
  const std::function<void()> watcher = std::exchange(on_peer_closed_, nullptr);
  if (watcher) watcher();
}

Task<bool> SocketTransport::send(std::string_view a, std::string_view b, std::string_view c) {
  std::array<std::string_view, 3> pieces{a, b, c};
  for (;;) {
    std::array<asio::const_buffer, 3> buffers;
    std::size_t left = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      buffers[i] = asio::buffer(pieces[i]);
      left += pieces[i].size();
    }
    if (broken_) co_return false;
    if (left == 0) co_return true;
    error_code error;
    std::size_t sent = socket_.write_some(buffers, error);
    if (error == asio::error::would_block) {
      const bool writable = co_await wait_writable();
      if (writable) continue;
      // Nobody reads, or hardly: a reset frees what the kernel holds for this peer, a close would keep it.
      socket_.set_option(asio::socket_base::linger(true, 0), error);
      abort();
      co_return false;
    }
    if (error) {
      if (error == asio::error::interrupted) continue;
      abort();
      co_return false;
    }
    sent_ += sent;
    sent_without_pause_ += sent;
    for (std::string_view& piece : pieces) {
      const std::size_t part = std::min(sent, piece.size());
      piece.remove_prefix(part);
      sent -= part;
    }
    if (sent_without_pause_ >= kMaxBytesWithoutPause) {
      sent_without_pause_ = 0;
      co_await yield();
    }
  }
}

// What the kernel still holds has not been taken: it says that there is room only when a good part of its
// buffer is free, which a reader of the least rate takes longer for than it is waited for.
void SocketTransport::look_at_progress() {
  int held = 0;
  if (::ioctl(socket_.native_handle(), SIOCOUTQ, &held) != 0 || held < 0) return;
  const std::uint64_t taken = sent_ - std::min(sent_, static_cast<std::uint64_t>(held));
  if (taken <= taken_) return;
  reader_.moved(taken - taken_);
  taken_ = taken;
}

void SocketTransport::begin_answer() {
  reader_ = Patience(limits_.write_timeout, limits_.progress_bytes);
}

// False: the peer takes less than the least rate, or the connection is broken.
Task<bool> SocketTransport::wait_writable() {
  sent_without_pause_ = 0;
  if (!awaiting_write_) {
    awaiting_write_ = true;
    socket_.async_wait(asio::socket_base::wait_write, [self = shared_from_this()](const error_code&) {
      self->awaiting_write_ = false;
      self->wake();
    });
  }
  while (awaiting_write_ && !broken_) {
    look_at_progress();
    if (reader_.left() <= Duration::zero()) co_return false;
    const TimePoint begin = Clock::now();
    co_await sleep_until(begin + reader_.left());
    reader_.waited(Clock::now() - begin);
  }
  co_return !broken_;
}

void SocketTransport::end_at(TimePoint deadline) {
  end_.expires_at(deadline);
  if (deadline == TimePoint::max()) return;
  end_.async_wait([self = shared_from_this(), deadline](const error_code& cancelled) {
    // A later call may have come when this was on its way already.
    if (!cancelled && self->end_.expiry() == deadline) self->abort();
  });
}

Task<void> SocketTransport::sleep_until(TimePoint deadline) {
  error_code woken;
  sleep_.expires_at(deadline);
  co_await sleep_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

Task<void> SocketTransport::yield() {
  co_await asio::post(socket_.get_executor(), asio::use_awaitable);
}

void SocketTransport::wake() {
  sleep_.cancel();
}

void SocketTransport::post_wake() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->wake(); });
}

void SocketTransport::abort() {
  if (broken_) return;
  broken_ = true;
  error_code ignored;
  socket_.close(ignored);
  peer_left();
  wake();
}

Task<void> SocketTransport::close_gently() {
  error_code ignored;
  if (!broken_) socket_.shutdown(asio::socket_base::shutdown_send, ignored);
  const TimePoint deadline = Clock::now() + limits_.linger_timeout;
  std::size_t discarded = 0;
  while (!ended_ && !broken_ && discarded < kMaxLingerBytes) {
    discarded += input().size();
    consume(input().size());
    if (co_await read_more(deadline) == Read::kTimeout) break;
  }
  abort();
}

}  // namespace peregrine::http
