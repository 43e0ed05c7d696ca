// The schema as a document: where things stand, and what references point at.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "grammar/schema/shape.h"

namespace peregrine::grammar {

class Document {
 public:
  explicit Document(const boost::json::value& root) : root_(root) { places_.emplace_back(); }

  SchemaRef root() const { return {&root_, 0}; }
  // The place of `key` (or an index) below a place.
  std::uint32_t below(std::uint32_t place, std::string_view key);
  // The JSON pointer (RFC 6901) of a place.
  std::string pointer(std::uint32_t place) const;

  // What a $ref at `place` points at. Errors: kUnsupported for references out of the document or by name,
  // kInvalidArgument for those that lead nowhere.
  Result<SchemaRef> resolve(std::string_view reference, std::uint32_t place);

  // An error about a place.
  tl::unexpected<Error> error(ErrorCode code, std::string message, std::uint32_t place) const {
    return fail(code, std::move(message), pointer(place));
  }

 private:
  struct Place {
    std::uint32_t parent = 0;
    std::string key;
  };
  const boost::json::value& root_;
  std::vector<Place> places_;
};

}  // namespace peregrine::grammar
