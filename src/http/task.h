// What a coroutine of this room returns. Everything that waits on a socket, a signal or a worker is a Task,
// and runs on the io thread that owns its connection.
//
// In one expression with co_await, name everything that owns memory: GCC 12 destroys temporaries twice when
// they are closures or brace-initialised aggregates, and emits a trap when any is in a condition.
//   const std::string event = sse_event(data);            // not: if (!co_await
//   exchange.write(sse_event(data))) if (!co_await exchange.write(event)) co_return;
// Where it can, this room makes the mistake a compile error. A capturing lambda outlives the Task it
// returned.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace peregrine::http {

template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace peregrine::http
