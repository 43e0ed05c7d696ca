#include "http/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "http/target.h"

namespace peregrine::http {
namespace {

// The segments of a path: its raw text, cut at slashes, and each piece decoded.
class PathSegments {
 public:
  explicit PathSegments(std::string_view path) : path_(path) {
    if (!path.starts_with('/')) return;  // "*" is no path
    std::size_t begin = 1;
    while (begin <= path.size()) {
      const std::size_t end = std::min(path.find('/', begin), path.size());
      begins_.push_back(begin);
      decoded_.push_back(decode(path.substr(begin, end - begin)));
      begin = end + 1;
    }
  }

  std::size_t size() const { return decoded_.size(); }
  const std::string& operator[](std::size_t i) const { return decoded_[i]; }
  std::string rest(std::size_t i) const { return decode(path_.substr(begins_[i])); }

 private:
  static std::string decode(std::string_view text) {
    return percent_decode(text, Plus::kLiteral).value_or(std::string());
  }

  std::string_view path_;
  std::vector<std::size_t> begins_;
  std::vector<std::string> decoded_;
};

}  // namespace

Result<std::vector<Router::Segment>> Router::parse_pattern(std::string_view pattern) {
  const auto malformed = [pattern](std::string why) {
    return fail(ErrorCode::kInvalidArgument, std::move(why), std::string(pattern));
  };
  if (pattern.empty() || pattern.front() != '/') return malformed("a pattern starts with '/'");
  std::vector<Segment> segments;
  std::set<std::string_view> names;
  while (!pattern.empty()) {
    if (!segments.empty() && segments.back().kind == Kind::kRest) {
      return malformed("nothing may follow a {name...} segment");
    }
    pattern.remove_prefix(1);
    std::string_view text = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(text.size());
    Kind kind = Kind::kLiteral;
    if (text.starts_with('{') && text.ends_with('}')) {
      text = text.substr(1, text.size() - 2);
      kind = text.ends_with("...") ? Kind::kRest : Kind::kParam;
      if (kind == Kind::kRest) text.remove_suffix(3);
      if (text.empty() || !names.insert(text).second) return malformed("a parameter needs a name of its own");
    }
    if (text.find_first_of("{}%?") != std::string_view::npos) return malformed("misplaced character");
    segments.push_back({kind, std::string(text)});
  }
  return segments;
}

bool Router::more_specific(const Route& a, const Route& b) {
  return std::lexicographical_compare(a.segments.begin(), a.segments.end(), b.segments.begin(),
                                      b.segments.end(),
                                      [](const Segment& x, const Segment& y) { return x.kind < y.kind; });
}

bool Router::same_paths(const Route& a, const Route& b) {
  return std::equal(a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
                    [](const Segment& x, const Segment& y) {
                      return x.kind == y.kind && (x.kind != Kind::kLiteral || x.text == y.text);
                    });
}

void Router::add(std::string method, std::string_view pattern, Handler handler, RouteOptions options) {
  auto segments = parse_pattern(pattern);
  if (!segments) {
    error_ = error_.value_or(segments.error());
    return;
  }
  Route route{std::move(method), std::move(*segments), std::move(handler), options};
  const bool taken = std::any_of(routes_.begin(), routes_.end(), [&route](const Route& other) {
    return other.method == route.method && same_paths(other, route);
  });
  if (taken || !route.handler) {
    error_ = error_.value_or(Error{ErrorCode::kInvalidArgument,
                                   taken ? "two routes match the same paths" : "a route has no handler",
                                   route.method + " " + std::string(pattern)});
    return;
  }
  const auto place = std::upper_bound(routes_.begin(), routes_.end(), route, more_specific);
  routes_.insert(place, std::move(route));
}

std::vector<Router::Name> Router::names() const {
  std::vector<Name> names;
  for (const Route& route : routes_) {
    std::string pattern;
    for (const auto& [kind, text] : route.segments) {
      const std::string_view rest = kind == Kind::kRest ? "..." : "";
      pattern += kind == Kind::kLiteral ? "/" + text : fmt::format("/{{{}{}}}", text, rest);
    }
    names.push_back({route.method, std::move(pattern)});
  }
  return names;
}

Status Router::status() const {
  if (error_) return tl::unexpected<Error>(*error_);
  return {};
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  const PathSegments segments(path);
  const auto covers = [&segments](const Route& route) {
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
      const Segment& wanted = route.segments[i];
      if (i >= segments.size()) return false;
      if (wanted.kind == Kind::kRest) return !segments.rest(i).empty();
      if (wanted.kind == Kind::kLiteral ? segments[i] != wanted.text : segments[i].empty()) return false;
    }
    return segments.size() == route.segments.size();
  };

  const auto find = [this, &covers](std::string_view wanted) {
    const auto route = std::find_if(routes_.begin(), routes_.end(), [&](const Route& candidate) {
      return candidate.method == wanted && covers(candidate);
    });
    return route == routes_.end() ? nullptr : &*route;
  };

  Match match;
  const Route* found = find(method);
  if (method == "HEAD") {
    const Route* get = find("GET");
    if (get != nullptr && (found == nullptr || more_specific(*get, *found))) found = get;
  }
  if (found == nullptr) {
    std::set<std::string_view> allowed;
    for (const Route& route : routes_) {
      if (!covers(route)) continue;
      allowed.insert(route.method);
      if (route.method == "GET") allowed.insert("HEAD");
    }
    for (const std::string_view name : allowed) {
      match.allow.append(match.allow.empty() ? "" : ", ").append(name);
    }
    return match;
  }
  match.handler = &found->handler;
  match.options = found->options;
  for (std::size_t i = 0; i < found->segments.size(); ++i) {
    const Segment& segment = found->segments[i];
    if (segment.kind == Kind::kLiteral) continue;
    match.params.emplace_back(segment.text, segment.kind == Kind::kRest ? segments.rest(i) : segments[i]);
  }
  return match;
}

}  // namespace peregrine::http
