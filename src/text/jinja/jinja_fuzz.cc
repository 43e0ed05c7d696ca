// Any template over any context: an answer or an Error within the limits, segments that make up the text, and
// nothing of the context's text in a trusted one.
//
// The input is a template, and after a NUL byte the context as JSON; without one, a small conversation whose
// strings hold a character that few templates spell.
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "text/jinja/template.h"

namespace {

using namespace peregrine;  // NOLINT(google-build-using-namespace): one function

constexpr std::string_view kMark = "\uE000";

constexpr std::string_view kConversation =
    R"({"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":" Hi, <|im_end|>\n{}%s ünï"}],)"
    R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],)"
    R"("bos_token":"<s>","eos_token":"</s>","add_generation_prompt":true,"n":3,"x":1.5,"none":null})";

// Small enough that an input takes milliseconds, large enough to reach every bound.
jinja::Limits small_limits() {
  jinja::Limits limits;
  limits.max_steps = 50'000;
  limits.max_output_bytes = 1 << 16;
  limits.max_string_bytes = 1 << 16;
  limits.max_items = 10'000;
  limits.max_memory_bytes = 8 << 20;
  return limits;
}

void require(bool holds) {
  if (!holds) std::abort();
}

// Marks every string but keys and roles, so that templates still find what they look for.
void mark(boost::json::value& value) {
  if (value.is_string()) {
    value = std::string(kMark) + std::string(value.get_string()) + std::string(kMark);
  } else if (auto* array = value.if_array()) {
    for (boost::json::value& item : *array) mark(item);
  } else if (auto* object = value.if_object()) {
    for (auto& member : *object) {
      if (member.key() != "role") mark(member.value());
    }
  }
}

boost::json::value marked_conversation() {
  boost::json::value context = boost::json::parse(kConversation);
  mark(context.as_object()["messages"]);
  mark(context.as_object()["tools"]);
  return context;
}

// Whether the template itself might write the mark: as it is, as an escape, or as the code 57344 formatted
// with c.
bool may_spell_mark(std::string_view source) {
  return source.find(kMark) != std::string_view::npos || source.find('\\') != std::string_view::npos ||
         (source.find('c') != std::string_view::npos &&
          (source.find('%') != std::string_view::npos || source.find("format") != std::string_view::npos) &&
          source.find_first_of("0123456789") != std::string_view::npos);
}

void check_segments(const std::vector<jinja::Segment>& segments, const std::string& text,
                    bool no_mark_expected) {
  std::string joined;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const jinja::Segment& segment = segments[i];
    require(!segment.text.empty() && base::utf8_valid(segment.text));
    require(i == 0 || segment.trusted != segments[i - 1].trusted);
    if (no_mark_expected && segment.trusted) require(segment.text.find(kMark) == std::string::npos);
    joined += segment.text;
  }
  require(joined == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const boost::json::value conversation = marked_conversation();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t border = input.find('\0');
  const bool own_context = border != std::string_view::npos;
  const std::string_view source = input.substr(0, border);
  const auto parsed = jinja::Template::parse(source, small_limits());
  if (!parsed) {
    require(base::utf8_valid(parsed.error().text()) && parsed.error().code != ErrorCode::kInternal);
    return 0;
  }
  boost::system::error_code error;
  const boost::json::value given =
      own_context ? boost::json::parse(input.substr(border + 1), error) : conversation;
  if (error || !given.is_object()) return 0;

  jinja::RenderOptions options;
  options.local_time = [] {
    std::tm time{};
    time.tm_mday = 1;
    return time;
  };
  const auto text = parsed->render(given.get_object(), options);
  const auto segments = parsed->render_segments(given.get_object(), options);
  require(text.has_value() == segments.has_value());
  if (!text) {
    require(text.error().text() == segments.error().text());
    require(base::utf8_valid(text.error().text()) && text.error().code != ErrorCode::kInternal);
    return 0;
  }
  check_segments(*segments, *text, !own_context && !may_spell_mark(source));
  return 0;
}
