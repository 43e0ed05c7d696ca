// What reads and writes a model's texts, without its weights: the file, the tokenizer, and how it chats.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "base/result.h"
#include "gguf/file.h"
#include "grammar/vocabulary.h"
#include "service/chat/grammar_cache.h"
#include "service/chat/traits.h"
#include "text/jinja/template.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::service {

// A model's file and the tokens of its texts: all that an encoder needs.
struct TokenizedFile {
  std::unique_ptr<gguf::File> file;
  std::unique_ptr<text::Tokenizer> tokenizer;
};

// Of a model that generates text.
struct TextSide : TokenizedFile {
  std::unique_ptr<jinja::Template> chat_template;
  ChatTraits chat;
  std::unique_ptr<GrammarCache> grammars;

  // The tokens as grammars see them; made when it is first asked for.
  std::shared_ptr<const grammar::Vocabulary> grammar_vocabulary() const;

 private:
  mutable std::once_flag grammar_vocabulary_once_;
  mutable std::shared_ptr<const grammar::Vocabulary> grammar_vocabulary_;
};

// Errors name the file and the key in it.
Result<TokenizedFile> load_tokenized_file(const std::filesystem::path& path);
// The template is the file's, or a common one where it has none. Errors as above.
Result<std::unique_ptr<TextSide>> make_text_side(const std::filesystem::path& path, TokenizedFile file);
// Both in one.
Result<std::unique_ptr<TextSide>> load_text_side(const std::filesystem::path& path);

}  // namespace peregrine::service
