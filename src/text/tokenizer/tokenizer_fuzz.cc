// Hostile vocabularies and hostile text. The first byte chooses: a spec made of the input's bytes, which must
// be refused or work; or a sound vocabulary whose tokens and merges the input picks, where text must survive
// a round trip. What is left of the input is the text.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "text/tokenizer/pretokenizer_schemes.h"
#include "text/tokenizer/test_spec.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

class Input {
 public:
  explicit Input(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    return value;
  }
  bool coin() { return (byte() & 1) != 0; }
  std::string_view string() {
    const std::string_view out = rest_.substr(0, byte());
    rest_.remove_prefix(out.size());
    return out;
  }
  float number() {
    std::uint32_t bits = 0;
    for (int i = 0; i < 4; ++i) bits = bits << 8 | byte();
    float value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

std::optional<std::uint32_t> id(Input& input) {
  const std::uint8_t value = input.byte();
  if (value == 0) return std::nullopt;
  return value == 255 ? UINT32_MAX : std::uint32_t{value} - 1;
}

std::optional<bool> flag(Input& input) {
  const std::uint8_t value = input.byte() % 3;
  return value == 0 ? std::nullopt : std::optional(value == 1);
}

// Half of the tokens are sound, so that some specs get past the checks.
TokenizerSpec hostile_spec(Input& input, SpecBuilder& sound) {
  TokenizerSpec spec = sound.spec();
  const auto schemes = pre_tokenizer_schemes();
  const std::uint8_t pre = input.byte();
  spec.pre = pre < schemes.size() ? schemes[pre].name : input.string();
  if (input.coin()) spec.tokens.clear();
  for (std::size_t n = input.byte() % 32; n > 0; --n) spec.tokens.push_back(input.string());
  if (input.coin()) spec.token_types.clear();
  while (!spec.token_types.empty() && spec.token_types.size() < spec.tokens.size()) {
    spec.token_types.push_back(static_cast<std::int8_t>(input.byte()));
  }
  while (spec.scores.size() < spec.tokens.size()) spec.scores.push_back(input.number());
  for (std::size_t n = input.byte() % 32; n > 0; --n) spec.merges.push_back(input.string());
  for (auto* role : {&spec.bos, &spec.eos, &spec.unk, &spec.sep, &spec.eot, &spec.eom}) *role = id(input);
  for (auto* custom :
       {&spec.add_bos, &spec.add_eos, &spec.add_space_prefix, &spec.lowercase, &spec.strip_accents}) {
    *custom = flag(input);
  }
  return spec;
}

void check_decoding(const Tokenizer& tokenizer, const std::vector<TokenId>& tokens) {
  for (const bool render_special : {false, true}) {
    const DecodeOptions options{.render_special = render_special};
    StreamingDetokenizer stream(tokenizer.vocabulary(), options);
    std::string text;
    for (const TokenId token : tokens) text += stream.push(token);
    text += stream.flush();
    require(base::utf8_valid(text));
    require(text == tokenizer.decode(tokens, options));
  }
  require(base::utf8_valid(tokenizer.decode(tokens, {.clean_up_spaces = true})));
}

void check_encoding(const Tokenizer& tokenizer, std::string_view text) {
  const Vocabulary& vocabulary = tokenizer.vocabulary();
  const auto plain = tokenizer.encode(text, {.add_special = false, .parse_special = false});
  require(plain.has_value());
  for (const TokenId token : *plain) require(!vocabulary.is_special(token) || token == vocabulary.unk());
  check_decoding(tokenizer, *plain);

  const std::string_view head = text.substr(0, text.size() / 2);
  const std::string_view tail = text.substr(head.size());
  const Segment two_plain[] = {{head, false}, {tail, false}};
  require(tokenizer.encode(two_plain, false).value() == *plain);

  const Segment mixed[] = {{head, true}, {tail, false}};
  const auto tokens = tokenizer.encode(mixed, true);
  require(tokens.has_value());
  for (const TokenId token : *tokens)
    require(token >= 0 && static_cast<std::size_t>(token) < vocabulary.size());
  check_decoding(tokenizer, *tokens);
}

void hostile(Input& input) {
  const std::uint8_t kind = input.byte() % 4;
  SpecBuilder sound = kind == 0   ? byte_level_spec()
                      : kind == 1 ? wordpiece_spec({"▁a", "b"})
                                  : sentencepiece_spec();
  if (kind == 3) sound.spec().kind = TokenizerKind::kRankedSentencePiece;
  const TokenizerSpec spec = hostile_spec(input, sound);
  const auto tokenizer = make_tokenizer(spec);
  if (!tokenizer) {
    require(!tokenizer.error().where.empty() && !tokenizer.error().message.empty());
    return;
  }
  check_encoding(**tokenizer, input.rest());
}

void byte_level_round_trip(Input& input) {
  SpecBuilder builder = byte_level_spec();
  const auto schemes = pre_tokenizer_schemes();
  builder.spec().pre = schemes[input.byte() % schemes.size()].name;
  for (std::size_t n = input.byte() % 64; n > 0; --n) {
    const auto& tokens = builder.spec().tokens;
    // The later half of the picks falls on merged tokens, so that long ones appear.
    const auto pick = [&] {
      const std::uint8_t value = input.byte();
      return std::string(value % 2 == 0 ? tokens[value]
                                        : tokens[tokens.size() - 1 - value % (tokens.size() - 255)]);
    };
    const std::string left = pick();
    const std::string right = pick();
    if (left.size() + right.size() <= kMaxTokenBytes) builder.merge(left, right);
  }
  const auto tokenizer = make_tokenizer(builder.spec());
  require(tokenizer.has_value());
  const std::string_view text = input.rest();
  check_encoding(**tokenizer, text);
  const auto tokens = (*tokenizer)->encode(text, {.add_special = false, .parse_special = false});
  require(decode_bytes((*tokenizer)->vocabulary(), *tokens, {}) == text);
}

void sentencepiece_round_trip(Input& input) {
  SpecBuilder builder = sentencepiece_spec();
  builder.add(std::string(kSpaceMarker));
  if (input.coin()) {
    builder.spec().kind = TokenizerKind::kRankedSentencePiece;
    builder.merge(std::string(kSpaceMarker), std::string(kSpaceMarker));
  }
  builder.spec().add_space_prefix = input.coin();
  std::string previous;
  for (std::size_t n = input.byte() % 64; n > 0; --n) {
    std::string piece;
    for (const char c : input.string()) piece.append(c == ' ' ? kSpaceMarker : std::string_view(&c, 1));
    const auto score = static_cast<float>(static_cast<std::int8_t>(input.byte()));
    if (!base::utf8_valid(piece) || piece.empty()) continue;
    if (builder.find(piece) == kNoToken) builder.add(piece, TokenKind::kNormal, score);
    if (!previous.empty()) builder.merge(previous, piece);
    previous = piece;
  }
  const auto tokenizer = make_tokenizer(builder.spec());
  require(tokenizer.has_value());
  const std::string_view text = input.rest();
  check_encoding(**tokenizer, text);
  if (text.find(kSpaceMarker) != std::string_view::npos) return;  // it decodes to a space
  const auto tokens = (*tokenizer)->encode(text, {.add_special = false, .parse_special = false});
  require(decode_bytes((*tokenizer)->vocabulary(), *tokens, {}) == text);
}

}  // namespace
}  // namespace peregrine::text

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  peregrine::text::Input input(std::string_view(reinterpret_cast<const char*>(data), size));
  switch (input.byte() % 3) {
    case 0:
      peregrine::text::hostile(input);
      break;
    case 1:
      peregrine::text::byte_level_round_trip(input);
      break;
    default:
      peregrine::text::sentencepiece_round_trip(input);
      break;
  }
  return 0;
}
