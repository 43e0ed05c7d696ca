// Parses any bytes as JSON. Boost's own reader is the judge: what is accepted is what it sees, and what it
// would have accepted was refused by a rule that it does not have.
#include <boost/json/parse.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "text/json/parse.h"

namespace {

void require(bool promise) {
  if (!promise) std::abort();
}

bool is_rule_of_ours(peregrine::text::JsonFault fault) {
  using peregrine::text::JsonFault;
  return fault == JsonFault::kTooManyValues || fault == JsonFault::kRepeatedKey ||
         fault == JsonFault::kNumberTooLarge;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace bj = boost::json;
  const std::string text(data, data + size);
  const peregrine::text::JsonLimits limits = {.max_depth = 16, .max_values = 200};
  const auto document = peregrine::text::parse_json(text, limits);
  bj::parse_options options;
  options.max_depth = limits.max_depth;
  bj::error_code ec;
  const bj::value judged = bj::parse(text, ec, {}, options);
  if (document) {
    require(!ec && *document == judged && peregrine::base::utf8_valid(text));
    return 0;
  }
  const peregrine::text::JsonRefusal& refusal = document.error();
  require(refusal.at <= size);
  require(ec || is_rule_of_ours(refusal.fault));
  require(refusal.path.empty() == (refusal.fault != peregrine::text::JsonFault::kRepeatedKey));
  require(refusal.path.size() <= limits.max_depth);
  return 0;
}
