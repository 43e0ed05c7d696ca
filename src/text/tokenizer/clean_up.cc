#include "text/tokenizer/clean_up.h"

namespace peregrine::text {
namespace {

// A copy in which, wherever `drops(text, i)` says so for text[i] with a space before it, that space is gone.
template <class Drops>
std::string drop_spaces_before(std::string_view text, const Drops& drops) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && text[i - 1] == ' ' && drops(text, i)) out.pop_back();
    out.push_back(text[i]);
  }
  return out;
}

std::string join_lone_apostrophes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool after_space = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool lone = i > 0 && text[i] == '\'' && after_space && i + 1 < text.size() && text[i + 1] == ' ';
    if (lone) out.pop_back();
    out.push_back(text[i]);
    if (lone) ++i;  // the space behind goes too, and is no space before what follows
    after_space = !lone && text[i] == ' ';
  }
  return out;
}

bool is_closing_punctuation(std::string_view text, std::size_t i) {
  return text[i] == '?' || text[i] == '!' || text[i] == '.' || text[i] == ',';
}

bool is_contraction(std::string_view text, std::size_t i) {
  if (text[i] != '\'') return false;
  const std::string_view rest = text.substr(i + 1);
  return rest.starts_with('s') || rest.starts_with('m') || rest.starts_with("re") || rest.starts_with("ve");
}

}  // namespace

std::string clean_up_spaces(std::string_view text) {
  return drop_spaces_before(join_lone_apostrophes(drop_spaces_before(text, is_closing_punctuation)),
                            is_contraction);
}

}  // namespace peregrine::text
