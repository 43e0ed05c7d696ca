// Paths to handlers. A pattern is '/' and segments: a literal, `{name}` for one non-empty segment, or, last,
// `{name...}` for the rest of the path with its slashes. The path is split before it is decoded, so %2F never
// separates segments, and arrives as '/' in a parameter.
//
// At the first segment where two matching patterns differ in kind, a literal beats `{name}`, and that beats
// `{name...}`; the order of add() does not matter. A GET route answers HEAD unless HEAD has its own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "http/task.h"

namespace peregrine::http {

class Exchange;

// Lives in the router for as long as the server runs, so a capturing lambda coroutine is safe here. Must
// answer the exchange exactly once before it returns; what it throws is logged and answered as kInternal.
using Handler = std::function<Task<void>(Exchange&)>;

struct RouteOptions {
  std::optional<std::uint64_t> max_body_bytes;  // instead of Limits::max_body_bytes
  // The handler runs before the body has come and pulls it, piece by piece, with Exchange::read_body().
  bool stream_body = false;
};

class Router {
 public:
  // A pattern that is malformed, or already taken for this method, is our own mistake: it is remembered in
  // status(), and the server refuses to start.
  void add(std::string method, std::string_view pattern, Handler handler, RouteOptions options = {});
  Status status() const;

  struct Match {
    const Handler* handler = nullptr;
    RouteOptions options;
    Params params;      // by position in the pattern, decoded
    std::string allow;  // set when there is no handler but the path exists: "GET, HEAD, POST"
  };
  // `path` is Target::path.
  Match match(std::string_view method, std::string_view path) const;

  struct Name {
    std::string method;
    std::string pattern;
  };
  // All routes, as they were added, the most specific first.
  std::vector<Name> names() const;

 private:
  enum class Kind : std::uint8_t { kLiteral, kParam, kRest };
  struct Segment {
    Kind kind;
    std::string text;  // the literal, or the parameter's name
  };
  struct Route {
    std::string method;
    std::vector<Segment> segments;
    Handler handler;
    RouteOptions options;
  };

  static Result<std::vector<Segment>> parse_pattern(std::string_view pattern);
  static bool more_specific(const Route& a, const Route& b);
  static bool same_paths(const Route& a, const Route& b);

  std::vector<Route> routes_;  // most specific first
  std::optional<Error> error_;
};

}  // namespace peregrine::http
