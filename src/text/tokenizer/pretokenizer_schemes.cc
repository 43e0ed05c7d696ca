#include "text/tokenizer/pretokenizer_schemes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "text/tokenizer/spec.h"

namespace peregrine::text {
namespace {

// Parts of the expressions. PCRE2 differs from the engines that models were trained with in two of them: its
// \s has U+180E besides Unicode's white space, and its \p{Han} is the script's extensions, which include
// punctuation.
//
// Matching is linear: an alternative that gives back what it took, such as LINE_ENDS in a run of spaces,
// fails within the run and leaves it to a later one that takes it whole.
//
// clang-format off: one alternative a line.
#define OR "|"
#define SPACES R"(\p{Z}\t-\r\x{85})"  // inside a class
#define SPACE "[" SPACES "]"
#define OTHER "[^" SPACES R"(\p{L}\p{N}])"
#define CONTRACTION "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define LINE_ENDS SPACE R"(*[\r\n]+)"
// Before something else a run of spaces leaves the last one to it.
#define SPACE_RUN SPACE "+(?![^" SPACES "])" OR SPACE "+"
#define BEFORE_WORD R"([^\r\n\p{L}\p{N}]?)"
// Words whose capitals, if any, come first: "camel", "Case", "HTTPServer". Letters without case and marks are
// in both classes.
#define CASED_WORD(UPPER, LOWER)                    \
  BEFORE_WORD UPPER "*" LOWER "+" CONTRACTION "?" \
  OR BEFORE_WORD UPPER "+" LOWER "*" CONTRACTION "?"

constexpr std::string_view kGpt2[] = {
    "'s|'t|'re|'ve|'m|'ll|'d"
    OR R"( ?\p{L}+)"
    OR R"( ?\p{N}+)"
    OR " ?" OTHER "+"
    OR SPACE_RUN,
};
constexpr std::string_view kLlama3[] = {
    CONTRACTION
    OR BEFORE_WORD R"(\p{L}+)"
    OR R"(\p{N}{1,3})"
    OR " ?" OTHER R"(+[\r\n]*)"
    OR LINE_ENDS
    OR SPACE_RUN,
};
constexpr std::string_view kQwen2[] = {
    CONTRACTION
    OR BEFORE_WORD R"(\p{L}+)"
    OR R"(\p{N})"
    OR " ?" OTHER R"(+[\r\n]*)"
    OR LINE_ENDS
    OR SPACE_RUN,
};
// OpenAI's o200k.
constexpr std::string_view kGpt4o[] = {
    CASED_WORD(R"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])", R"([\p{Ll}\p{Lm}\p{Lo}\p{M}])")
    OR R"(\p{N}{1,3})"
    OR " ?" OTHER R"(+[\r\n/]*)"
    OR LINE_ENDS
    OR SPACE_RUN,
};
// The same letters less the Han script's, which PCRE2's classes can only say by all that they are not.
constexpr std::string_view kKimiK2[] = {
    R"(\p{sc:Han}+)"
    OR CASED_WORD(R"([^\p{Ll}\p{N}\p{P}\p{S}\p{Z}\p{C}\p{sc:Han}])",
                  R"([^\p{Lu}\p{Lt}\p{N}\p{P}\p{S}\p{Z}\p{C}\p{sc:Han}])")
    OR R"(\p{N}{1,3})"
    OR " ?" OTHER R"(+[\r\n]*)"
    OR LINE_ENDS
    OR SPACE_RUN,
};
constexpr std::string_view kDeepSeekV3[] = {
    R"(\p{N}{1,3})",
    R"([\x{3040}-\x{30FF}\x{4E00}-\x{9FA5}]+)",
    "[!-/:-@[-`{-~][A-Za-z]+"
    OR R"([^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+)"
    OR R"( ?[\p{P}\p{S}]+[\r\n]*)"
    OR LINE_ENDS
    OR SPACE_RUN,
};
#define EAST_ASIAN R"([\x{800}-\x{9FA5}\x{AC00}-\x{D7FF}]+)"
constexpr std::string_view kDeepSeekCoder[] = {
    R"([\r\n])",
    (SPACE R"(?\p{L}+)"),
    (SPACE R"(?\p{P}+)"),
    EAST_ASIAN,
    R"(\p{N})",
};
// DeepSeek LLM and V2. The letters are those with case that Unicode had when the model was made, less
// Georgian's small ones. Spaces at the end are matched from their first, so that where patterns are
// interpreted a run elsewhere does not cost its square.
constexpr std::string_view kDeepSeekLlm[] = {
    R"([\r\n])",
    (SPACE R"(?[A-Za-z\x{B5}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{1BA}\x{1BC}-\x{1BF}\x{1C4}-\x{293})"
          R"(\x{295}-\x{2AF}\x{370}-\x{373}\x{376}\x{377}\x{37B}-\x{37D}\x{37F}\x{386}\x{388}-\x{38A}\x{38C})"
          R"(\x{38E}-\x{3A1}\x{3A3}-\x{3F5}\x{3F7}-\x{481}\x{48A}-\x{52F}\x{531}-\x{556}\x{10A0}-\x{10C5})"
          R"(\x{13A0}-\x{13F5}\x{13F8}-\x{13FD}\x{1C90}-\x{1CBA}\x{1CBD}-\x{1CBF}\x{1D00}-\x{1D2B})"
          R"(\x{1D6B}-\x{1D77}\x{1D79}-\x{1D9A}\x{1E00}-\x{1F15}\x{1F18}-\x{1F1D}\x{1F20}-\x{1F45})"
          R"(\x{1F48}-\x{1F4D}\x{1F50}-\x{1F57}\x{1F59}\x{1F5B}\x{1F5D}\x{1F5F}-\x{1F7D}\x{1F80}-\x{1FB4})"
          R"(\x{1FB6}-\x{1FBC}\x{1FBE}\x{1FC2}-\x{1FC4}\x{1FC6}-\x{1FCC}\x{1FD0}-\x{1FD3}\x{1FD6}-\x{1FDB})"
          R"(\x{1FE0}-\x{1FEC}\x{1FF2}-\x{1FF4}\x{1FF6}-\x{1FFC}\x{2102}\x{2107}\x{210A}-\x{2113}\x{2115})"
          R"(\x{2119}-\x{211D}\x{2124}\x{2126}\x{2128}\x{212A}-\x{212D}\x{212F}-\x{2134}\x{2139})"
          R"(\x{213C}-\x{213F}\x{2145}-\x{2149}\x{214E}\x{2183}\x{2184}\x{2C00}-\x{2C7B}\x{2C7E}-\x{2CE4})"
          R"(\x{2CEB}-\x{2CEE}\x{2CF2}\x{2CF3}\x{A640}-\x{A66D}\x{A680}-\x{A69B}\x{A722}-\x{A76F})"
          R"(\x{A771}-\x{A787}\x{A78B}-\x{A78E}\x{AB70}-\x{ABBF}\x{FB00}-\x{FB06}\x{FB13}-\x{FB17})"
          R"(\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{10400}-\x{1044F}\x{104B0}-\x{104D3}\x{104D8}-\x{104FB})"
          R"(\x{10C80}-\x{10CB2}\x{10CC0}-\x{10CF2}\x{118A0}-\x{118DF}\x{1E900}-\x{1E943}]+)"),
    (SPACE R"(?[!-/:-~\x{FF01}-\x{FF0F}\x{FF1A}-\x{FF5E}\x{2018}-\x{201F}\x{3000}-\x{3002}]+)"),
    ("(?<!" SPACE ")" SPACE R"(++\z)"),
    EAST_ASIAN,
    R"(\p{N})",
};
// What GGUF readers do for files that do not name a scheme.
constexpr std::string_view kDefault[] = {
    R"([\p{P}$+<=>^~|]+)",
    kGpt2[0],
    R"(\p{N}+)",
    "[0-9][0-9][0-9]",
};
// clang-format on
#undef OR
#undef SPACES
#undef SPACE
#undef OTHER
#undef CONTRACTION
#undef LINE_ENDS
#undef SPACE_RUN
#undef BEFORE_WORD
#undef CASED_WORD
#undef EAST_ASIAN

constexpr std::string_view kLlama3Aliases[] = {"llama3", "llama-v3"};
constexpr std::string_view kQwen2Aliases[] = {"deepseek-r1-qwen"};
constexpr std::string_view kGpt4oAliases[] = {"llama4"};

constexpr PreTokenizerScheme kSchemes[] = {
    {.name = "default", .aliases = {}, .patterns = kDefault, .cleans_up_spaces = true},
    {.name = "gpt-2", .aliases = {}, .patterns = kGpt2, .cleans_up_spaces = true},
    {.name = "llama-bpe",
     .aliases = kLlama3Aliases,
     .patterns = kLlama3,
     .whole_words_first = true,
     .adds_bos = true,
     .cleans_up_spaces = true},
    {.name = "qwen2", .aliases = kQwen2Aliases, .patterns = kQwen2},
    {.name = "gpt-4o", .aliases = kGpt4oAliases, .patterns = kGpt4o, .whole_words_first = true},
    {.name = "kimi-k2", .aliases = {}, .patterns = kKimiK2, .whole_words_first = true},
    {.name = "deepseek-v3", .aliases = {}, .patterns = kDeepSeekV3},
    {.name = "deepseek-coder", .aliases = {}, .patterns = kDeepSeekCoder},
    {.name = "deepseek-llm", .aliases = {}, .patterns = kDeepSeekLlm},
};

}  // namespace

std::span<const PreTokenizerScheme> pre_tokenizer_schemes() {
  return kSchemes;
}

Result<const PreTokenizerScheme*> find_pre_tokenizer(std::string_view name) {
  std::string known;
  for (const PreTokenizerScheme& scheme : kSchemes) {
    if (scheme.name == name || std::ranges::find(scheme.aliases, name) != scheme.aliases.end())
      return &scheme;
    known.append(known.empty() ? "" : ", ").append(scheme.name);
    for (const std::string_view alias : scheme.aliases) known.append(", ").append(alias);
  }
  return fail(ErrorCode::kUnsupported,
              fmt::format("unknown pre-tokenizer '{}'; known are {}", name.substr(0, 64), known),
              std::string(keys::kPre));
}

}  // namespace peregrine::text
