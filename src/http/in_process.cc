#include "http/in_process.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <exception>
#include <utility>

#include "base/log.h"
#include "http/connection.h"
#include "http/exchange.h"
#include "http/server_core.h"

namespace peregrine::http {

namespace asio = boost::asio;
using base::LogLevel;

struct InProcess::State {
  State(Router routes, unsigned workers) : router(std::move(routes)), pool(std::max(workers, 1U)) {
    io.start();
  }

  const Router router;
  asio::thread_pool pool;
  IoThread io;
  std::mutex mutex;
  std::condition_variable none_left;
  std::unordered_set<std::shared_ptr<Errand>> running;
  bool stopped = false;
};

// One question on its way. Everything but post_wake() and leave_soon() on the io thread.
class Errand final : public Connection, public Transport, public std::enable_shared_from_this<Errand> {
 public:
  Errand(IoThread& io, asio::thread_pool& pool, InProcess::Question question, InProcess::Answered answered)
      : io_(io),
        pool_(pool),
        question_(std::move(question)),
        answered_(std::move(answered)),
        sleep_(io.context) {}

  // Has the handler answer, and tells.
  Task<void> run(const Router& router) {
    try {
      co_await handle(router);
    } catch (const std::exception& error) {
      base::log(LogLevel::kError, "http: a handler threw: {}", error.what());
    }
    std::optional<Response> answer;
    if (whole_) answer = std::move(answer_);
    answered_(std::move(answer));
  }

  // Any thread.
  void leave_soon() {
    asio::post(io_.context, [self = shared_from_this()] { self->leave(); });
  }

  Transport& transport() override { return *this; }
  bool peer_closed() const override { return gone_; }
  void watch(std::function<void()> on_gone) override { on_gone_ = std::move(on_gone); }
  void unwatch() override { on_gone_ = nullptr; }

  Task<std::optional<std::string_view>> read_body_piece() override {
    const std::string_view piece = std::exchange(body_left_, {});
    co_return piece;
  }
  bool charge_body(std::uint64_t) override { return true; }

  Task<bool> send_response(const Response& response, const Headers& common, bool) override {
    answer_ = Response(response.status, common, response.body);
    for (const Header& field : response.headers) answer_.headers.set(field.name, field.value);
    whole_ = true;
    co_return true;
  }
  Task<bool> send_stream_head(unsigned status, const Headers& headers, const Headers& common) override {
    answer_ = Response(status, common);
    for (const Header& field : headers) answer_.headers.set(field.name, field.value);
    co_return !gone_;
  }
  Task<bool> send(std::string_view a, std::string_view b, std::string_view c) override {
    answer_.body.append(a).append(b).append(c);
    co_return !gone_;
  }

  void post_wake() override {
    asio::post(io_.context, [self = shared_from_this()] { self->sleep_.cancel(); });
  }
  Task<void> sleep_until(TimePoint deadline) override {
    boost::system::error_code woken;
    sleep_.expires_at(deadline);
    co_await sleep_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
  Task<void> yield() override { co_await asio::post(io_.context, asio::use_awaitable); }
  void run_on_worker(std::function<void()> work, bool& done) override {
    asio::post(pool_, [work = std::move(work), self = shared_from_this(), &done]() mutable {
      work();
      asio::post(self->io_.context, [self, &done] {
        done = true;
        self->sleep_.cancel();
      });
    });
  }

 private:
  Task<void> handle(const Router& router) {
    Request& request = question_.request;
    Router::Match match = router.match(request.method, request.path);
    if (match.handler == nullptr || gone_) co_return;
    std::string body;
    if (match.options.stream_body) {
      body = std::exchange(request.body, {});
      body_left_ = body;
    }
    // As for a client of HTTP/1.0, a streamed answer has no framing.
    Exchange exchange = make_exchange(std::move(request), true);
    set_params(exchange, std::move(match.params));
    exchange.response_headers() = std::move(question_.common);
    exchange.context() = std::move(question_.context);
    co_await (*match.handler)(exchange);
    forget_callbacks(exchange);
    whole_ = finished(exchange);
  }

  void leave() {
    if (std::exchange(gone_, true)) return;
    const std::function<void()> callback = std::exchange(on_gone_, nullptr);
    if (callback) callback();
    sleep_.cancel();
  }

  IoThread& io_;
  asio::thread_pool& pool_;
  InProcess::Question question_;
  InProcess::Answered answered_;
  asio::steady_timer sleep_;
  std::function<void()> on_gone_;
  std::string_view body_left_;  // of a body that its handler reads
  Response answer_;
  bool whole_ = false;
  bool gone_ = false;
};

InProcess::InProcess(Router router, unsigned workers)
    : state_(std::make_shared<State>(std::move(router), workers)) {}

InProcess::~InProcess() {
  stop();
}

std::shared_ptr<void> InProcess::ask(Question question, Answered answered) {
  const std::shared_ptr<State> state = state_;
  std::unique_lock lock(state->mutex);
  if (state->stopped) {
    lock.unlock();
    answered(std::nullopt);
    return nullptr;
  }
  auto errand = std::make_shared<Errand>(state->io, state->pool, std::move(question), std::move(answered));
  state->running.insert(errand);
  lock.unlock();
  asio::co_spawn(
      state->io.context,
      // The state outlives the io thread, which stop() has joined before.
      [](State& owner, std::shared_ptr<Errand> one) -> Task<void> {
        co_await one->run(owner.router);
        const std::lock_guard ending(owner.mutex);
        owner.running.erase(one);
        owner.none_left.notify_all();
      }(*state, errand),
      asio::detached);
  const std::weak_ptr<Errand> running = errand;
  return {static_cast<void*>(errand.get()), [running](void*) {
            if (const auto one = running.lock()) one->leave_soon();
          }};
}

void InProcess::stop() {
  {
    std::unique_lock lock(state_->mutex);
    state_->stopped = true;
    for (const std::shared_ptr<Errand>& errand : state_->running) errand->leave_soon();
    state_->none_left.wait(lock, [this] { return state_->running.empty(); });
  }
  state_->pool.join();
  state_->io.stop_and_join();
}

}  // namespace peregrine::http
