#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "app/commands/commands.h"
#include "app/commands/files.h"
#include "base/utf8.h"
#include "service/library/text_side.h"

namespace peregrine::app {
namespace {

// A piece on a line of its own must not break the line.
std::string escape(std::string_view piece) {
  std::string out;
  for (const char c : piece) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F' || c == '\\') {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

int tokenize(const TokenizeOptions& options) {
  const auto model = service::load_text_side(options.model);
  if (!model) return report(model.error());
  const auto text = read_standard_input();
  if (!text) return report(text.error());
  const text::Tokenizer& tokenizer = *(*model)->tokenizer;
  const auto tokens =
      tokenizer.encode(*text, {.add_special = options.special, .parse_special = options.special});
  if (!tokens) return report(tokens.error());

  const text::Vocabulary& vocabulary = tokenizer.vocabulary();
  if (options.json) {
    boost::json::array ids;
    boost::json::array pieces;
    for (const text::TokenId token : *tokens) {
      ids.emplace_back(token);
      pieces.emplace_back(vocabulary.piece(token));
    }
    const boost::json::object result{{"ids", std::move(ids)}, {"pieces", std::move(pieces)}};
    fmt::print("{}\n", boost::json::serialize(result));
    return 0;
  }
  for (const text::TokenId token : *tokens) fmt::print("{:>8}  {}\n", token, escape(vocabulary.piece(token)));
  return 0;
}

}  // namespace peregrine::app
