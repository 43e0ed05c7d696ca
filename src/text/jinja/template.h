// Chat templates: Jinja2 as GGUF files carry it, rendered without trust in the template or in its context.
//
// A Template is immutable once parsed and may be rendered from many threads at once. It renders what
// Jinja 3.1 does with trim_blocks and lstrip_blocks on, autoescape off, loop controls, and model hubs' own
// additions (tojson without HTML escapes, raise_exception, strftime_now, the generation tag). Every bound is
// a named Limit; going over one is an error, never a crash.
#pragma once

#include <boost/json/object.hpp>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/jinja/limits.h"
#include "text/jinja/text.h"

namespace peregrine::jinja {

struct Syntax;

struct RenderOptions {
  // The time strftime_now shows; the system's local time when empty.
  std::function<std::tm()> local_time;
  // Where the context's strings may be taken for the template's own, so that control tokens in them are
  // meant: keys from the top separated by dots, `*` for any key or index. All else is the user's. A caller
  // that has checked roles against a fixed list may add "messages.*.role", for templates that spell a control
  // token around the role ("<|" + role + "|>").
  std::vector<std::string> trusted_paths = {"bos_token", "eos_token"};
};

class Template {
 public:
  // Errors: kInvalidArgument for a malformed template, kUnsupported for tags that need a second file,
  // kResourceExhausted over max_template_bytes or max_nesting. `where` is "line L, column C".
  static Result<Template> parse(std::string_view source, const Limits& limits = {});

  // Errors: kInvalidArgument with the template's own message where it calls raise_exception, or for an
  // operation the values do not support; kResourceExhausted naming a limit. `where` as above.
  Result<std::string> render(const boost::json::object& context, const RenderOptions& options = {}) const;

  // The same text in stretches of one provenance, neighbours differing: trusted text is the template's own
  // (its literals, numbers, punctuation of JSON and lists), the rest derives from the context.
  Result<std::vector<Segment>> render_segments(const boost::json::object& context,
                                               const RenderOptions& options = {}) const;

 private:
  Template(std::shared_ptr<const Syntax> syntax, const Limits& limits)
      : syntax_(std::move(syntax)), limits_(limits) {}

  std::shared_ptr<const Syntax> syntax_;
  Limits limits_;
};

}  // namespace peregrine::jinja
