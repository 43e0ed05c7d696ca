// A form is understood alike, however its bytes are cut: whole, and in pieces whose size is the first byte.
// It gives back no more than it was given, and its limits hold.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/multipart.h"

namespace {

using namespace peregrine::http;
using Event = MultipartParser::Event;

constexpr std::size_t kMaxParts = 8;
constexpr std::size_t kMaxHeader = 256;

std::string summarise(std::string_view body, std::size_t piece) {
  MultipartLimits limits;
  limits.max_parts = kMaxParts;
  limits.max_part_header_bytes = kMaxHeader;
  MultipartParser parser("b", limits);
  std::string summary;
  std::size_t parts = 0;
  std::size_t content = 0;
  const std::size_t size = body.size();
  bool in_part = false;
  while (!body.empty()) {
    const std::string copy(body.substr(0, piece));
    body.remove_prefix(copy.size());
    std::string_view input = copy;
    for (;;) {
      const auto event = parser.next(input);
      if (!event) return "refused";
      if (*event == Event::kNeedInput) break;
      if ((*event == Event::kData || *event == Event::kPartEnd) != in_part) std::abort();
      if (*event == Event::kPart) {
        if (++parts > kMaxParts || parser.head().name.size() > kMaxHeader) std::abort();
        in_part = true;
        summary += parser.head().name + "\n" + parser.head().filename.value_or("-") + "\n" +
                   parser.head().content_type + "\n";
      } else if (*event == Event::kData) {
        if (parser.data().empty()) std::abort();
        content += parser.data().size();
        summary += parser.data();
      } else if (*event == Event::kPartEnd) {
        in_part = false;
        summary += "\nend\n";
      }
    }
    if (!input.empty() || content > size) std::abort();
  }
  return parser.finish() ? summary : "refused";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = summarise(input, std::max<std::size_t>(input.size(), 1));
  if (whole != summarise(input, static_cast<std::size_t>(data[0]) % 61 + 1)) std::abort();
  static_cast<void>(parse_part_head(input).has_value());
  static_cast<void>(multipart_boundary(input).has_value());
  return 0;
}
