#include "service/library/text_side.h"

#include <string_view>
#include <utility>

#include "model/vocab.h"
#include "service/chat/constraint.h"
#include "service/library/builtin_template.h"
#include "service/library/file_error.h"

namespace peregrine::service {

std::shared_ptr<const grammar::Vocabulary> TextSide::grammar_vocabulary() const {
  std::call_once(grammar_vocabulary_once_,
                 [this] { grammar_vocabulary_ = make_grammar_vocabulary(tokenizer->vocabulary()); });
  return grammar_vocabulary_;
}

Result<TokenizedFile> load_tokenized_file(const std::filesystem::path& path) {
  TokenizedFile loaded;
  auto file = gguf::File::open(path);
  if (!file) return in_file(path, std::move(file.error()));
  loaded.file = std::make_unique<gguf::File>(std::move(*file));
  auto spec = model::tokenizer_spec(loaded.file->metadata());
  if (!spec) return in_file(path, std::move(spec.error()));
  auto tokenizer = text::make_tokenizer(*spec);
  if (!tokenizer) return in_file(path, std::move(tokenizer.error()));
  loaded.tokenizer = std::move(*tokenizer);
  return loaded;
}

Result<std::unique_ptr<TextSide>> make_text_side(const std::filesystem::path& path, TokenizedFile file) {
  constexpr std::string_view kTemplateKey = "tokenizer.chat_template";
  auto source = file.file->metadata().string_or(kTemplateKey, kChatMlTemplate);
  if (!source) return in_file(path, std::move(source.error()));
  auto parsed = jinja::Template::parse(*source);
  if (!parsed) {
    parsed.error().where = kTemplateKey;
    return in_file(path, std::move(parsed.error()));
  }
  auto side = std::make_unique<TextSide>();
  side->chat_template = std::make_unique<jinja::Template>(std::move(*parsed));
  side->chat = chat_traits(*source, file.tokenizer->vocabulary());
  side->grammars = std::make_unique<GrammarCache>();
  side->file = std::move(file.file);
  side->tokenizer = std::move(file.tokenizer);
  return side;
}

Result<std::unique_ptr<TextSide>> load_text_side(const std::filesystem::path& path) {
  PEREGRINE_ASSIGN(TokenizedFile file, load_tokenized_file(path));
  return make_text_side(path, std::move(file));
}

}  // namespace peregrine::service
