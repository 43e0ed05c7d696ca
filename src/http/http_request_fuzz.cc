// A request is understood alike, however its bytes are cut: whole, and in pieces whose size is the first
// byte.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/request_parser.h"

namespace {

using namespace peregrine::http;

constexpr std::uint64_t kMaxBody = 512;

Limits small_limits() {
  Limits limits;
  limits.max_header_bytes = 4096;
  limits.max_headers = 16;
  limits.max_target_bytes = 512;
  return limits;
}

std::string summarise(std::string_view input, std::size_t piece) {
  static const Limits limits = small_limits();
  BodyBudget budget(kMaxBody);
  BodyReservation reservation(budget);
  RequestParser parser(limits);
  parser.keep_body(kMaxBody, reservation);
  std::string buffered;
  while (!parser.done() && !parser.refusal()) {
    const std::size_t taken = parser.feed(buffered);
    if (taken > buffered.size()) std::abort();
    buffered.erase(0, taken);
    if (taken > 0) continue;
    if (input.empty()) break;
    buffered.append(input.substr(0, piece));
    input.remove_prefix(std::min(piece, input.size()));
  }
  if (parser.body().size() > kMaxBody) std::abort();
  // Which of several mistakes is met first may depend on the pieces; that there is one may not.
  if (parser.refusal()) return "refused";
  std::string summary = parser.request().method + parser.request().target + "\n";
  for (const Header& field : parser.request().headers) summary += field.name + ":" + field.value + "\n";
  return summary + parser.body() + (parser.done() ? "done" : "open");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = summarise(input, std::max<std::size_t>(input.size(), 1));
  const std::string pieces = summarise(input, static_cast<std::size_t>(data[0]) + 1);
  const bool both_understood = whole.ends_with("done") && pieces.ends_with("done");
  if (both_understood && whole != pieces) std::abort();
  if (whole.ends_with("done") != pieces.ends_with("done")) std::abort();
  return 0;
}
