// What a coroutine of this room returns. Everything that waits on a socket, a signal or a worker is a Task,
// and runs on the io thread that owns its connection.
//
// Coroutine rules that keep GCC 12 and lifetimes honest: name what you pass by reference into a co_await
// expression (no temporaries that own memory), and let a capturing lambda outlive the Task it returned.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace peregrine::http {

template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace peregrine::http
