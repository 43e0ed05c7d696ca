#include "http/server.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <latch>
#include <utility>
#include <vector>

#include "base/log.h"
#include "http/server_core.h"
#include "http/socket_connection.h"

namespace peregrine::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using base::LogLevel;
using boost::system::error_code;

constexpr unsigned kMaxThreads = 1024;
// Connections over the limit that are told so; beyond them, connections are closed without a word.
constexpr std::size_t kMaxTurnedAway = 64;
// Between attempts to accept while the system has no file descriptor or memory for one.
constexpr std::chrono::milliseconds kAcceptPause{100};

std::string display(const Options& options) {
  const bool bare_v6 = options.host.find(':') != std::string::npos && !options.host.starts_with('[');
  return (bare_v6 ? "[" + options.host + "]" : options.host) + ":" + std::to_string(options.port);
}

Result<std::vector<tcp::endpoint>> resolve(const Options& options, asio::io_context& context) {
  std::string host = options.host;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (!error) return std::vector<tcp::endpoint>{tcp::endpoint(address, options.port)};
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(host, std::to_string(options.port), tcp::resolver::passive, error);
  std::vector<tcp::endpoint> endpoints;
  for (const auto& entry : found) endpoints.push_back(entry.endpoint());
  if (error || endpoints.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                "cannot find the address of this host; give an IP address such as 127.0.0.1", options.host);
  }
  return endpoints;
}

Error listen_error(const error_code& error, const Options& options) {
  if (error == asio::error::address_in_use) {
    return {ErrorCode::kUnavailable,
            "the address is already in use; stop the program that listens there, or choose another port",
            display(options)};
  }
  if (error == asio::error::access_denied) {
    return {ErrorCode::kPermissionDenied, "not allowed to listen there; choose a port above 1023",
            display(options)};
  }
  if (error == boost::system::errc::address_not_available) {
    return {ErrorCode::kInvalidArgument, "this machine has no such address; choose one of its own",
            display(options)};
  }
  return {ErrorCode::kIo, "cannot listen: " + error.message(), display(options)};
}

error_code listen_on(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  error_code error;
  if (acceptor.is_open()) acceptor.close(error);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && endpoint.address().is_v6()) {
    acceptor.set_option(asio::ip::v6_only(!endpoint.address().is_unspecified()), error);
  }
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  return error;
}

// `counted` ends with the coroutine's frame, after the connection.
Task<void> serve_connection(ServerCore& core, IoThread& io, tcp::socket socket,
                            [[maybe_unused]] std::unique_ptr<Counted> counted, bool turn_away) {
  if (core.stopping) co_return;
  try {
    const auto transport = std::make_shared<SocketTransport>(std::move(socket), core.limits);
    SocketConnection connection(core, io, transport);
    if (turn_away) {
      co_await connection.turn_away();
    } else {
      co_await connection.serve();
    }
  } catch (const std::exception& error) {
    base::log(LogLevel::kError, "http: a connection failed: {}", error.what());
  }
}

}  // namespace

struct Server::Impl {
  Impl(const Options& options, Router router, ErrorRenderer renderer, Middleware before, Observer observer);

  Status listen(const Options& options);
  void run();
  Task<void> accept_connections();
  void admit(IoThread& io, tcp::socket socket);
  // Runs on every io thread, and returns when it has.
  void on_every_io_thread(const std::function<void(IoThread&)>& action);
  void stop_accepting();
  bool drain(std::chrono::milliseconds limit);
  void stop();

  ServerCore core;
  std::vector<std::unique_ptr<IoThread>> threads;
  tcp::acceptor acceptor;  // on the first thread
  const std::chrono::milliseconds stop_grace;
  std::uint16_t port = 0;
  bool running = false;
};

Server::Impl::Impl(const Options& options, Router router, ErrorRenderer renderer, Middleware before,
                   Observer observer)
    : core(options, std::move(router), std::move(renderer), std::move(before), std::move(observer)),
      threads([&options] {
        std::vector<std::unique_ptr<IoThread>> made(std::clamp(options.io_threads, 1u, kMaxThreads));
        for (auto& thread : made) thread = std::make_unique<IoThread>();
        return made;
      }()),
      acceptor(threads.front()->context),
      stop_grace(options.stop_grace) {}

Status Server::Impl::listen(const Options& options) {
  PEREGRINE_ASSIGN(const std::vector<tcp::endpoint> endpoints, resolve(options, threads.front()->context));
  error_code error;
  for (const tcp::endpoint& endpoint : endpoints) {
    error = listen_on(acceptor, endpoint);
    if (!error) break;
  }
  if (error) return tl::unexpected<Error>(listen_error(error, options));
  port = acceptor.local_endpoint(error).port();
  return {};
}

void Server::Impl::run() {
  running = true;
  asio::co_spawn(threads.front()->context, accept_connections(), asio::detached);
  for (auto& thread : threads) thread->start();
}

Task<void> Server::Impl::accept_connections() {
  asio::steady_timer pause(threads.front()->context);
  for (std::size_t turn = 0; acceptor.is_open(); ++turn) {
    IoThread& io = *threads[turn % threads.size()];
    error_code error;
    tcp::socket socket =
        co_await acceptor.async_accept(io.context, asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      try {
        admit(io, std::move(socket));
      } catch (const std::exception& failure) {
        base::log(LogLevel::kError, "http: cannot take a connection: {}", failure.what());
      }
    } else if (acceptor.is_open()) {
      base::log(LogLevel::kWarning, "http: cannot accept a connection: {}", error.message());
      pause.expires_after(kAcceptPause);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

void Server::Impl::admit(IoThread& io, tcp::socket socket) {
  const std::size_t open = core.connections;
  if (open >= core.limits.max_connections + kMaxTurnedAway) return;
  const bool turn_away = open >= core.limits.max_connections;
  auto counted = std::make_unique<Counted>(core, core.connections);
  asio::co_spawn(io.context, serve_connection(core, io, std::move(socket), std::move(counted), turn_away),
                 asio::detached);
}

void Server::Impl::on_every_io_thread(const std::function<void(IoThread&)>& action) {
  std::latch done(static_cast<std::ptrdiff_t>(threads.size()));
  for (auto& thread : threads) {
    asio::post(thread->context, [&action, &done, &io = *thread] {
      action(io);
      done.count_down();
    });
  }
  done.wait();
}

void Server::Impl::stop_accepting() {
  if (!running) return;
  on_every_io_thread([this](IoThread& io) {
    error_code ignored;
    if (&io == threads.front().get() && acceptor.is_open()) acceptor.close(ignored);
  });
}

bool Server::Impl::drain(std::chrono::milliseconds limit) {
  if (!running) return true;
  stop_accepting();
  core.draining = true;
  on_every_io_thread([](IoThread& io) {
    for (SocketConnection* connection : io.connections) connection->close_if_idle();
  });
  return core.wait_for_none(core.active_requests, limit);
}

void Server::Impl::stop() {
  if (!running) return;
  stop_accepting();
  core.draining = true;
  core.stopping = true;
  on_every_io_thread([](IoThread& io) {
    for (SocketConnection* connection : io.connections) connection->abort();
  });
  if (!core.wait_for_none(core.connections, stop_grace)) {
    base::log(LogLevel::kError, "http: some handlers did not return after their connections were cut");
  }
  core.workers.join();
  for (auto& thread : threads) thread->stop_and_join();
  running = false;
  for (auto& thread : threads) {
    for (SocketConnection* connection : thread->connections) connection->sever();
  }
}

Result<std::unique_ptr<Server>> Server::start(Options options, Router router, ErrorRenderer renderer,
                                              Middleware before, Observer observer) {
  PEREGRINE_TRY(router.status());
  options.worker_threads = std::clamp(options.worker_threads, 1u, kMaxThreads);
  try {
    auto impl = std::make_unique<Impl>(options, std::move(router), std::move(renderer), std::move(before),
                                       std::move(observer));
    PEREGRINE_TRY(impl->listen(options));
    impl->run();
    return std::unique_ptr<Server>(new Server(std::move(impl)));
  } catch (const std::exception& error) {
    return fail(ErrorCode::kIo, std::string("cannot start the server: ") + error.what());
  }
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() {
  stop();
}

std::uint16_t Server::port() const {
  return impl_->port;
}
std::size_t Server::active_requests() const {
  return impl_->core.active_requests;
}
void Server::stop_accepting() {
  impl_->stop_accepting();
}
bool Server::drain(std::chrono::milliseconds limit) {
  return impl_->drain(limit);
}
void Server::stop() {
  impl_->stop();
}

}  // namespace peregrine::http
