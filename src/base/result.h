// Results and errors as values.
//
// Every function that can fail for a reason outside our control (input, files, clients, memory) returns
// Result<T>. Exceptions stay inside a room that wraps a throwing library. Asserts are for our own bugs.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace peregrine::base {

enum class ErrorCode {
  kInvalidArgument,    // the caller's value is wrong; `where` names it
  kNotFound,           // no such thing
  kCorrupt,            // a file contradicts itself or its format
  kUnsupported,        // well formed, but not something we do
  kResourceExhausted,  // over a named limit or budget
  kUnavailable,        // cannot be served now; try again later
  kCancelled,          // the caller went away
  kPermissionDenied,   // not allowed
  kIo,                 // the operating system said no
  kInternal,           // our own fault
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // one sentence for a person, no trailing newline
  std::string where;    // the offending key, tensor, field path or file; may be empty

  // "where: message", or the message alone.
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

}  // namespace peregrine::base

namespace peregrine {
using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;
using base::Status;
}  // namespace peregrine

// The arguments are declarations and whole expressions: parentheses would change what they mean.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define PEREGRINE_CONCAT_INNER(a, b) a##b
#define PEREGRINE_CONCAT(a, b) PEREGRINE_CONCAT_INNER(a, b)

// Returns the error of `expr` from the enclosing function, if it has one.
#define PEREGRINE_TRY(expr)                                                     \
  do {                                                                          \
    if (auto try_status = (expr); !try_status) {                                \
      return tl::unexpected<::peregrine::Error>(std::move(try_status.error())); \
    }                                                                           \
  } while (false)

// `PEREGRINE_ASSIGN(auto x, f());` declares or assigns x from f()'s value, or returns f()'s error.
#define PEREGRINE_ASSIGN(target, expr) \
  PEREGRINE_ASSIGN_IMPL(PEREGRINE_CONCAT(try_result_, __LINE__), target, expr)
#define PEREGRINE_ASSIGN_IMPL(result, target, expr)                                  \
  auto result = (expr);                                                              \
  if (!result) return tl::unexpected<::peregrine::Error>(std::move(result.error())); \
  target = std::move(*result)
// NOLINTEND(bugprone-macro-parentheses)
