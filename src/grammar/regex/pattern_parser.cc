#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "grammar/limits.h"
#include "grammar/regex/pattern_ast.h"

namespace peregrine::grammar {
namespace {

using Kind = PatternNode::Kind;

CodePointSet digits() {
  CodePointSet set;
  set.add('0', '9');
  return set;
}

CodePointSet word() {
  CodePointSet set;
  set.add('0', '9');
  set.add('A', 'Z');
  set.add('_', '_');
  set.add('a', 'z');
  return set;
}

// ECMA-262 WhiteSpace and LineTerminator.
CodePointSet space() {
  CodePointSet set;
  set.add('\t', '\r');
  set.add(' ', ' ');
  for (const std::uint32_t c : {0xA0U, 0x1680U, 0x2028U, 0x2029U, 0x202FU, 0x205FU, 0x3000U, 0xFEFFU})
    set.add(c, c);
  set.add(0x2000, 0x200A);
  set.normalize();
  return set;
}

CodePointSet any_but_line_ends() {
  CodePointSet set;
  for (const std::uint32_t c : {0xAU, 0xDU, 0x2028U, 0x2029U}) set.add(c, c);
  set.normalize();
  set.complement();
  return set;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Pattern> parse() {
    PEREGRINE_ASSIGN(pattern_.root, alternation(0));
    if (at_ < text_.size()) return invalid("unmatched )");
    return std::move(pattern_);
  }

 private:
  tl::unexpected<Error> invalid(const std::string& what) const {
    return fail(ErrorCode::kInvalidArgument,
                "not a regular expression: " + what + " at byte " + std::to_string(at_));
  }
  tl::unexpected<Error> unsupported(const std::string& what) const {
    return fail(ErrorCode::kUnsupported, "regular expression uses " + what + " at byte " +
                                             std::to_string(at_) + ", which is not supported");
  }

  bool starts(std::string_view prefix) const { return text_.substr(at_).starts_with(prefix); }
  bool take(std::string_view prefix) {
    if (!starts(prefix)) return false;
    at_ += prefix.size();
    return true;
  }
  char32_t code_point() {
    const base::Utf8Decoded decoded = base::utf8_decode(text_.substr(at_));
    at_ += decoded.length;
    return decoded.code_point;
  }

  std::uint32_t add(PatternNode node) {
    for (const std::uint32_t child : node.children) node.anchored |= pattern_.nodes[child].anchored;
    pattern_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(pattern_.nodes.size() - 1);
  }
  std::uint32_t add_set(CodePointSet set) {
    set.normalize();
    PatternNode node;
    node.kind = Kind::kSet;
    node.set = std::move(set);
    return add(std::move(node));
  }

  Result<std::uint32_t> alternation(std::size_t depth) {
    if (depth > kMaxPatternDepth) {
      return fail(ErrorCode::kResourceExhausted,
                  "regular expression is nested deeper than " + std::to_string(kMaxPatternDepth) + " groups");
    }
    PatternNode node;
    node.kind = Kind::kAlternation;
    do {
      PEREGRINE_ASSIGN(const std::uint32_t branch, sequence(depth));
      node.children.push_back(branch);
    } while (take("|"));
    return node.children.size() == 1 ? node.children.front() : add(std::move(node));
  }

  Result<std::uint32_t> sequence(std::size_t depth) {
    PatternNode node;
    node.kind = Kind::kSequence;
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
      PEREGRINE_ASSIGN(std::uint32_t item, atom(depth));
      PEREGRINE_ASSIGN(item, quantified(item));
      node.children.push_back(item);
    }
    if (node.children.empty()) node.kind = Kind::kEmpty;
    return add(std::move(node));
  }

  Result<std::uint32_t> atom(std::size_t depth) {
    if (take("(")) return group(depth);
    if (take("[")) return char_class();
    if (take("\\")) return escape();
    if (take(".")) return add_set(any_but_line_ends());
    if (starts("*") || starts("+") || starts("?") || starts("{")) return invalid("nothing to repeat");
    if (starts("]") || starts("}")) return invalid("unmatched bracket");
    PatternNode anchor;
    anchor.anchored = true;
    if (take("^")) {
      anchor.kind = Kind::kBegin;
      return add(std::move(anchor));
    }
    if (take("$")) {
      anchor.kind = Kind::kEnd;
      return add(std::move(anchor));
    }
    const char32_t c = code_point();
    CodePointSet set;
    set.add(c, c);
    return add_set(std::move(set));
  }

  Result<std::uint32_t> group(std::size_t depth) {
    if (starts("?=") || starts("?!") || starts("?<=") || starts("?<!")) return unsupported("look-around");
    if (take("?<")) {
      const std::size_t end = text_.find('>', at_);
      if (end == std::string_view::npos || end == at_) return invalid("group name");
      at_ = end + 1;
    } else if (!take("?:") && starts("?")) {
      return invalid("group kind");
    }
    PEREGRINE_ASSIGN(const std::uint32_t inner, alternation(depth + 1));
    if (!take(")")) return invalid("missing )");
    return inner;
  }

  std::optional<std::uint32_t> number() {
    std::size_t end = at_;
    std::uint64_t value = 0;
    for (; end < text_.size() && text_[end] >= '0' && text_[end] <= '9'; ++end) {
      value = std::min<std::uint64_t>(value * 10 + static_cast<unsigned>(text_[end] - '0'), kUnbounded - 1);
    }
    if (end == at_) return std::nullopt;
    at_ = end;
    return static_cast<std::uint32_t>(value);
  }

  Result<std::uint32_t> quantified(std::uint32_t item) {
    PatternNode node;
    node.kind = Kind::kRepeat;
    if (take("*")) {
      node.max = kUnbounded;
    } else if (take("+")) {
      node.min = 1;
      node.max = kUnbounded;
    } else if (take("?")) {
      node.max = 1;
    } else if (take("{")) {
      const auto min = number();
      if (!min) return invalid("repeat count");
      node.min = node.max = *min;
      if (take(",")) node.max = number().value_or(kUnbounded);
      if (!take("}")) return invalid("repeat count");
      if (node.min > node.max) return invalid("repeat counts out of order");
      if (node.min > kMaxRepeat || (node.max != kUnbounded && node.max > kMaxRepeat)) {
        return fail(ErrorCode::kResourceExhausted,
                    "regular expression repeats more than " + std::to_string(kMaxRepeat) + " times");
      }
    } else {
      return item;
    }
    take("?");  // lazy: the same texts
    if (starts("*") || starts("+") || starts("?") || starts("{")) return invalid("nothing to repeat");
    if (pattern_.nodes[item].anchored) return unsupported("a repeated anchor");
    node.children = {item};
    return add(std::move(node));
  }

  Result<std::uint32_t> escape() {
    PEREGRINE_ASSIGN(CodePointSet set, escaped(false));
    return add_set(std::move(set));
  }

  Result<std::uint32_t> hex(std::size_t digits) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i, ++at_) {
      const char c = at_ < text_.size() ? text_[at_] : '\0';
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return invalid("hexadecimal escape");
      value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
  }

  Result<std::uint32_t> unicode_escape() {
    if (take("{")) {
      const std::size_t end = text_.find('}', at_);
      if (end == std::string_view::npos || end == at_ || end - at_ > 6) return invalid("code point");
      PEREGRINE_ASSIGN(const std::uint32_t value, hex(end - at_));
      ++at_;
      if (value > kMaxCodePoint) return invalid("code point");
      return value;
    }
    PEREGRINE_ASSIGN(const std::uint32_t high, hex(4));
    if (high < 0xD800 || high > 0xDBFF || !take("\\u")) return high;
    PEREGRINE_ASSIGN(const std::uint32_t low, hex(4));
    if (low < 0xDC00 || low > 0xDFFF) return invalid("surrogate pair");
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }

  // After a backslash. A set of one member unless it is a class escape.
  Result<CodePointSet> escaped(bool in_class) {
    if (at_ >= text_.size()) return invalid("trailing backslash");
    const auto one = [](std::uint32_t c) {
      CodePointSet set;
      set.add(c, c);
      return set;
    };
    const auto inverse = [](CodePointSet set) {
      set.complement();
      return set;
    };
    const char c = text_[at_++];
    switch (c) {
      case 'd':
        return digits();
      case 'D':
        return inverse(digits());
      case 'w':
        return word();
      case 'W':
        return inverse(word());
      case 's':
        return space();
      case 'S':
        return inverse(space());
      case 't':
        return one('\t');
      case 'n':
        return one('\n');
      case 'r':
        return one('\r');
      case 'f':
        return one('\f');
      case 'v':
        return one('\v');
      case '0':
        if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return invalid("octal escape");
        return one(0);
      case 'x': {
        PEREGRINE_ASSIGN(const std::uint32_t value, hex(2));
        return one(value);
      }
      case 'u': {
        PEREGRINE_ASSIGN(const std::uint32_t value, unicode_escape());
        return one(value);
      }
      case 'c': {
        const char letter = at_ < text_.size() ? text_[at_] : '\0';
        if (!((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'))) {
          return invalid("control escape");
        }
        ++at_;
        return one(static_cast<unsigned char>(letter) % 32);
      }
      case 'b':
        if (in_class) return one('\b');
        return unsupported("word borders");
      case 'B':
        return unsupported("word borders");
      case 'p':
      case 'P':
        return unsupported("property escapes");
      case 'k':
        return unsupported("back-references");
      default:
        break;
    }
    if (c >= '1' && c <= '9') return unsupported("back-references");
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return invalid("escape");
    --at_;
    return one(code_point());
  }

  Result<CodePointSet> class_member() {
    if (take("\\")) return escaped(true);
    CodePointSet set;
    const char32_t c = code_point();
    set.add(c, c);
    return set;
  }

  Result<std::uint32_t> char_class() {
    const bool negated = take("^");
    CodePointSet set;
    while (!take("]")) {
      if (at_ >= text_.size()) return invalid("missing ]");
      PEREGRINE_ASSIGN(const CodePointSet member, class_member());
      if (!starts("-") || starts("-]")) {
        set.add(member);
        continue;
      }
      ++at_;
      if (at_ >= text_.size()) return invalid("missing ]");
      PEREGRINE_ASSIGN(const CodePointSet last, class_member());
      const auto single = [](const CodePointSet& s) {
        return s.ranges().size() == 1 && s.ranges()[0].first == s.ranges()[0].last;
      };
      if (single(member) && single(last)) {
        if (member.ranges()[0].first > last.ranges()[0].first) return invalid("range out of order");
        set.add(member.ranges()[0].first, last.ranges()[0].first);
      } else {  // [\w-.]: a dash between classes stands for itself
        set.add(member);
        set.add('-', '-');
        set.add(last);
      }
    }
    set.normalize();
    if (negated) set.complement();
    return add_set(std::move(set));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Pattern pattern_;
};

}  // namespace

Result<Pattern> parse_pattern(std::string_view text) {
  if (text.size() > kMaxPatternBytes) {
    return fail(ErrorCode::kResourceExhausted,
                "regular expression is longer than " + std::to_string(kMaxPatternBytes) + " bytes");
  }
  if (!base::utf8_valid(text)) return fail(ErrorCode::kInvalidArgument, "regular expression is not UTF-8");
  return Parser(text).parse();
}

}  // namespace peregrine::grammar
