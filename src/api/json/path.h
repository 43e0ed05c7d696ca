// Where a value stands in a request body, kept as links on the stack: costs nothing until an error is
// written.
//
// Two spellings: `messages[1].content` for the error's param, `messages.1.content` inside its message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::api {

// `text` cut to what an error message may repeat of the client's input, at a character border.
std::string clip(std::string_view text);

class Path {
 public:
  Path() = default;  // the body itself

  // A step down. The result refers to *this and to `key`: both must outlive it.
  Path operator/(std::string_view key) const { return {this, key, 0}; }
  Path operator/(std::size_t index) const { return {this, {}, index}; }

  bool root() const { return parent_ == nullptr; }
  std::string param() const;
  std::string dotted() const;

 private:
  Path(const Path* parent, std::string_view key, std::size_t index)
      : parent_(parent), key_(key), index_(index) {}

  const Path* parent_ = nullptr;
  std::string_view key_;  // data() is null for an array's index
  std::size_t index_ = 0;
};

// kInvalidArgument with the message `'messages.1.content' : reason` and `where` messages[1].content. For the
// body itself the message is the reason alone.
tl::unexpected<Error> wrong(const Path& path, std::string_view reason);

}  // namespace peregrine::api
