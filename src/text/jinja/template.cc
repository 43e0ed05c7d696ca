#include "text/jinja/template.h"

#include "text/jinja/ast.h"
#include "text/jinja/heap.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/json_io.h"
#include "text/jinja/parser.h"

namespace peregrine::jinja {
namespace {

std::tm system_local_time() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return local;
}

}  // namespace

Result<Template> Template::parse(std::string_view source, const Limits& limits) {
  PEREGRINE_ASSIGN(std::shared_ptr<const Syntax> syntax, jinja::parse(source, limits));
  return Template(std::move(syntax), limits);
}

Result<std::vector<Segment>> Template::render_segments(const boost::json::object& context,
                                                       const RenderOptions& options) const {
  const std::function<std::tm()> clock = options.local_time ? options.local_time : system_local_time;
  Heap heap(limits_);  // before all that holds its values
  PEREGRINE_ASSIGN(const Dict* values, from_json(heap, context, options.trusted_paths));
  TextBuilder out = TextBuilder::for_output(heap);
  PEREGRINE_TRY(Interpreter(*syntax_, heap, *values, clock).run(out));
  return out.segments();
}

Result<std::string> Template::render(const boost::json::object& context, const RenderOptions& options) const {
  PEREGRINE_ASSIGN(const std::vector<Segment> segments, render_segments(context, options));
  std::string text;
  for (const Segment& segment : segments) text += segment.text;
  return text;
}

}  // namespace peregrine::jinja
