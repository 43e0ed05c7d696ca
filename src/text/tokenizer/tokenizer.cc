#include "text/tokenizer/tokenizer.h"

#include <fmt/format.h>

#include <utility>

#include "text/tokenizer/bpe.h"
#include "text/tokenizer/sentencepiece.h"
#include "text/tokenizer/wordpiece.h"

namespace peregrine::text {

Tokenizer::Tokenizer(Vocabulary vocabulary, Customs customs)
    : vocabulary_(std::move(vocabulary)),
      splitter_(vocabulary_),
      prefix_(std::move(customs.prefix)),
      suffix_(std::move(customs.suffix)),
      cleans_up_spaces_(customs.cleans_up_spaces) {}

Result<std::vector<TokenId>> Tokenizer::encode(std::string_view text, EncodeOptions options) const {
  const Segment whole{text, options.parse_special};
  return encode(std::span(&whole, 1), options.add_special);
}

Result<std::vector<TokenId>> Tokenizer::encode(std::span<const Segment> segments, bool add_special) const {
  std::size_t size = 0;
  for (const Segment& segment : segments) {
    if (segment.text.size() > kMaxTextBytes - size) {
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("more than {} bytes of text to tokenise", kMaxTextBytes));
    }
    size += segment.text.size();
  }
  std::string joined;
  if (segments.size() > 1) {
    joined.reserve(size);
    for (const Segment& segment : segments) joined.append(segment.text);
  }
  const std::string_view text = segments.size() == 1 ? segments[0].text : joined;

  std::vector<TokenId> out;
  if (add_special) out = prefix_;
  bool after_special = true;
  for (const Fragment& fragment : splitter_.split(text, segments)) {
    if (fragment.id != kNoToken) {
      out.push_back(fragment.id);
    } else {
      PEREGRINE_TRY(encode_text(text.substr(fragment.begin, fragment.size), after_special, out));
    }
    after_special = fragment.id != kNoToken;
  }
  if (add_special) out.insert(out.end(), suffix_.begin(), suffix_.end());
  return out;
}

Result<std::unique_ptr<Tokenizer>> make_tokenizer(const TokenizerSpec& spec) {
  switch (spec.kind) {
    case TokenizerKind::kByteLevelBpe:
      return ByteLevelBpe::create(spec);
    case TokenizerKind::kSentencePiece:
    case TokenizerKind::kRankedSentencePiece:
      return SentencePiece::create(spec);
    case TokenizerKind::kWordPiece:
      return WordPiece::create(spec);
  }
  return fail(ErrorCode::kInternal, "no such kind of tokenizer");
}

}  // namespace peregrine::text
