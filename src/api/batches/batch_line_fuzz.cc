// Any bytes as a line of a batch: read or refused, never worse. What is read can be asked.
#include <boost/json/parse.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "api/batches/wire.h"
#include "api/testing/parse_fuzz.h"
#include "base/utf8.h"

namespace {

using peregrine::api::testing::require;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto line = peregrine::api::parse_batch_line(text);
  if (!line) {
    require(!line.error().code.empty() && !line.error().message.empty());
    require(peregrine::base::utf8_valid(line.error().message));
    return 0;
  }
  require(!line->custom_id.empty() && line->custom_id.size() <= peregrine::api::kMaxCustomIdBytes);
  require(peregrine::api::batch_url(line->url) == line->url);
  require(boost::json::parse(line->body).is_object());
  return 0;
}
