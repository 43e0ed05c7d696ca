// Any bytes as what a model wrote: the first choose format and request, then follow places to split at (up to
// a NUL), then the raw text. Whole or split, a parser must tell the same, keep the order of events, and lose
// no text but marks and the white space beside calls.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "service/chat/formats/generic.h"
#include "service/chat/formats/hermes.h"
#include "service/chat/formats/json_scanner.h"
#include "service/chat/formats/llama3.h"
#include "service/chat/formats/llama4.h"
#include "service/chat/formats/marks.h"

namespace {

using namespace peregrine::service;

void require(bool condition) {
  if (!condition) std::abort();
}

bool is_object(std::string_view text) {
  JsonScanner scanner;
  return text.starts_with('{') && std::ranges::all_of(text, [&](char c) { return scanner.push(c); }) &&
         scanner.done();
}

// All events as one text; consecutive content is one event.
class Transcript final : public OutputSink {
 public:
  explicit Transcript(std::string_view raw) : raw_(raw) {}

  void content(std::string_view text, std::size_t raw) override {
    require(!open_ && raw >= behind_ && raw + text.size() <= raw_.size());
    require(raw_.substr(raw, text.size()) == text && text.find(kControlMark) == std::string_view::npos);
    behind_ = raw + text.size();
    text_ += text;
  }
  void reasoning(std::string_view /*text*/) override { require(false); }
  void call_begin(std::string_view id, std::string_view name) override {
    require(!open_ && id.empty() && !name.empty());
    open_ = true;
    arguments_.clear();
    text_ += "\n<" + std::string(name) + "(";
  }
  void call_arguments(std::string_view piece) override {
    require(open_);
    arguments_ += piece;
    text_ += piece;
  }
  void call_end(bool complete) override {
    require(open_ && (!complete || is_object(arguments_)));
    open_ = false;
    text_ += complete ? ")\n" : "!\n";
  }

  bool open() const { return open_; }
  const std::string& text() const { return text_; }

 private:
  std::string_view raw_;
  std::string text_;
  std::string arguments_;
  std::size_t behind_ = 0;
  bool open_ = false;
};

std::string parse(const ChatFormat& format, const FormatRequest& request, std::string_view raw,
                  std::string_view splits) {
  Transcript transcript(raw);
  const auto parser = format.parser(request);
  std::size_t split = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < raw.size();) {
    const std::string_view rest = raw.substr(at);
    const std::size_t mark = mark_length(rest);
    at += mark > 0 ? mark : peregrine::base::utf8_decode(rest).length;
    // After as many characters as the next byte of `splits` says.
    if (splits.empty() || ++split < static_cast<unsigned char>(splits.front())) continue;
    split = 0;
    splits.remove_prefix(1);
    parser->push(raw.substr(begin, at - begin), transcript);
    begin = at;
  }
  parser->push(raw.substr(begin), transcript);
  parser->finish(transcript);
  require(!transcript.open());
  return transcript.text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::shared_ptr<const ChatFormat>> kFormats = {
      make_hermes_format(false), make_hermes_format(true), make_llama3_format(), make_llama4_format(),
      make_generic_format()};
  if (size < 2) return 0;
  ToolUse use;
  use.tools.push_back({.name = "f", .description = {}, .parameters = {}});
  use.tools.push_back({.name = "get_weather", .description = {}, .parameters = {}});
  use.choice = data[1] % 4 == 0 ? ToolChoice::kNone : ToolChoice::kAuto;
  use.any_name = data[1] % 4 == 1;
  const AnswerFormat answer;
  const FormatRequest request{.tool_use = use, .answer = answer};
  const ChatFormat& format = *kFormats[data[0] % kFormats.size()];
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t end = std::min(rest.find('\0'), rest.size());
  const std::string_view raw = rest.substr(std::min(end + 1, rest.size()));
  require(parse(format, request, raw, {}) == parse(format, request, raw, rest.substr(0, end)));
  return 0;
}
