// Tokens back to text: all at once, or token by token for a stream.
//
// Tokens cut characters anywhere, so the streaming form holds back an unfinished character until its last
// byte arrives. Bytes that can never become UTF-8 turn into U+FFFD. What a stream gives, pieced together, is
// what decode() gives for the same tokens, wherever the stream was cut.
#pragma once

#include <span>
#include <string>

#include "text/tokenizer/vocabulary.h"

namespace peregrine::text {

struct DecodeOptions {
  // Show control and unknown tokens as their texts instead of dropping them.
  bool render_special = false;
  // The first token begins a text: where the vocabulary puts a space before the first word, take it away.
  // False for tokens that continue a text which the reader has already.
  bool at_text_start = true;
  // decode() only: take away spaces before ".", ",", "?", "!" and around some apostrophes, as reference
  // decoders do for models whose Tokenizer::cleans_up_spaces() is true. It changes code and JSON; never do it
  // to answers.
  bool clean_up_spaces = false;
};

// The bytes of the tokens, valid UTF-8 or not. Never cleans up spaces.
std::string decode_bytes(const Vocabulary& vocabulary, std::span<const TokenId> tokens,
                         DecodeOptions options);

// The same as text: invalid bytes become U+FFFD.
std::string decode(const Vocabulary& vocabulary, std::span<const TokenId> tokens, DecodeOptions options);

class StreamingDetokenizer {
 public:
  // The vocabulary must outlive it.
  StreamingDetokenizer(const Vocabulary& vocabulary, DecodeOptions options)
      : vocabulary_(&vocabulary), options_(options), at_text_start_(options.at_text_start) {}

  // The characters that `token` completes; often none, always valid UTF-8.
  std::string push(TokenId token);

  // Ends the text: an unfinished character becomes U+FFFD.
  std::string flush();

 private:
  const Vocabulary* vocabulary_;
  DecodeOptions options_;
  bool at_text_start_;
  std::string unfinished_;  // at most 3 bytes between calls
};

}  // namespace peregrine::text
