#include <boost/json.hpp>
#include <cstdio>

#include "app/commands/commands.h"
#include "app/commands/files.h"
#include "service/library/text_side.h"
#include "text/jinja/template.h"

namespace peregrine::app {
namespace {

Result<boost::json::object> read_context(const std::filesystem::path& path) {
  PEREGRINE_ASSIGN(const std::string content, read_file(path));
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(content, error);
  if (error) return fail(ErrorCode::kInvalidArgument, "is no JSON: " + error.message(), path.string());
  if (!value.is_object()) return fail(ErrorCode::kInvalidArgument, "must hold a JSON object", path.string());
  return std::move(value.as_object());
}

// What the model's file says, where the context does not.
void add_defaults(const text::Vocabulary& vocabulary, boost::json::object& context) {
  const auto add = [&](std::string_view name, std::optional<text::TokenId> token) {
    if (token && !context.contains(name)) context[name] = vocabulary.piece(*token);
  };
  add("bos_token", vocabulary.bos());
  add("eos_token", vocabulary.eos());
}

Result<std::string> render_text(const RenderOptions& options) {
  PEREGRINE_ASSIGN(boost::json::object context, read_context(options.context));
  if (options.template_file.empty()) {
    PEREGRINE_ASSIGN(const auto model, service::load_text_side(options.model));
    add_defaults(model->tokenizer->vocabulary(), context);
    return model->chat_template->render(context, {});
  }
  PEREGRINE_ASSIGN(const std::string source, read_file(options.template_file));
  PEREGRINE_ASSIGN(const jinja::Template parsed, jinja::Template::parse(source));
  return parsed.render(context, {});
}

}  // namespace

int render(const RenderOptions& options) {
  const auto text = render_text(options);
  if (!text) return report(text.error());
  std::fwrite(text->data(), 1, text->size(), stdout);
  return 0;
}

}  // namespace peregrine::app
