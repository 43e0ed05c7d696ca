// Requests and responses as plain values.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peregrine::http {

// ASCII only, as header names and tokens are compared.
bool equal_ignoring_case(std::string_view a, std::string_view b);

struct Header {
  std::string name;
  std::string value;
};

// Header fields in the order they were added. Names compare without regard to case.
class Headers {
 public:
  // Replaces every field of that name by one.
  void set(std::string name, std::string value);
  // Appends, keeping fields of the same name.
  void add(std::string name, std::string value);
  void remove(std::string_view name);

  // The first value of that name, "" when there is none.
  std::string_view get(std::string_view name) const;
  bool contains(std::string_view name) const;

  std::size_t size() const { return fields_.size(); }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<Header> fields_;
};

// Decoded names and values, in order; both are valid UTF-8 without NUL.
using Params = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // case as sent, e.g. "GET"
  std::string target;  // as sent
  std::string path;    // still percent-encoded (every escape is valid), leading slashes collapsed into one
  Params query;
  Headers headers;
  std::string body;  // after the transfer coding; never compressed by HTTP means
  std::string peer;  // the client's address, without port

  // The first query value of that name, "" when there is none.
  std::string_view query_value(std::string_view name) const;
};

// `content-length`, `transfer-encoding`, `connection` and `date` are the server's to write: fields of these
// names are left out. Control characters in a value become spaces.
struct Response {
  Response() = default;
  // A constructor, not aggregate initialisation, for the sake of GCC 12; see task.h.
  explicit Response(unsigned code, Headers fields = {}, std::string content = {})
      : status(code), headers(std::move(fields)), body(std::move(content)) {}

  unsigned status = 200;
  Headers headers;
  std::string body;
};

}  // namespace peregrine::http
