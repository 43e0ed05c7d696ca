#include "text/jinja/text_ops.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace peregrine::jinja {
namespace {

// Appends `bytes` with ASCII letters mapped by `mapping`.
void append_ascii(TextBuilder& out, std::string_view bytes, bool trusted, char low, char high) {
  constexpr char kCaseBit = 0x20;
  std::string mapped(bytes);
  for (char& c : mapped) {
    if (c >= low && c <= high) c = static_cast<char>(c ^ kCaseBit);
  }
  out.append(mapped, trusted);
}

Result<Text> map_ascii(Heap& heap, const Text& text, char low, char high) {
  TextBuilder out(heap);
  text.for_each_run(0, text.size(), [&](std::string_view bytes, bool trusted) {
    append_ascii(out, bytes, trusted, low, high);
  });
  return out.finish();
}

void append_mapping(TextBuilder& out, const CaseMapping& mapping, bool trusted) {
  for (const char32_t c : mapping) {
    if (c != 0) out.append(c, trusted);
  }
}

// Membership in a set of characters, or in white space.
class CharacterSet {
 public:
  explicit CharacterSet(const Text* characters) : spaces_(characters == nullptr) {
    if (characters == nullptr) return;
    for (CodePoints points(*characters); points.next();) members_.push_back(points.value());
    std::sort(members_.begin(), members_.end());
  }
  bool contains(char32_t c) const {
    return spaces_ ? is_space(c) : std::binary_search(members_.begin(), members_.end(), c);
  }

 private:
  bool spaces_;
  std::vector<char32_t> members_;
};

std::size_t start_of_last(std::string_view bytes) {
  std::size_t begin = bytes.size() - 1;
  while (begin > 0 && (static_cast<unsigned char>(bytes[begin]) & 0xC0U) == 0x80U) --begin;
  return begin;
}

Status append_piece(Heap& heap, Sequence& out, const Text& text, std::size_t begin, std::size_t end) {
  PEREGRINE_TRY(heap.step());
  PEREGRINE_ASSIGN(Text piece, substring(heap, text, begin, end));
  return out.append(heap, Value(std::move(piece)));
}

struct Piece {
  std::size_t begin;
  std::size_t end;
};

// The words of `text`; once `limit` are cut off, what remains is one piece.
Result<std::vector<Piece>> words(Heap& heap, const Text& text, std::int64_t limit) {
  PEREGRINE_TRY(heap.walk(text.length()));
  std::vector<Piece> pieces;
  bool in_word = false;
  for (CodePoints points(text); points.next();) {
    if (is_space(points.value())) {
      if (in_word) pieces.back().end = points.offset();
      in_word = false;
    } else if (!in_word) {
      PEREGRINE_TRY(heap.step());
      const bool rest = limit >= 0 && pieces.size() == static_cast<std::size_t>(limit);
      pieces.push_back({points.offset(), text.size()});
      if (rest) break;
      in_word = true;
    }
  }
  return pieces;
}

Result<Sequence*> split_words(Heap& heap, const Text& text, std::int64_t limit) {
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  PEREGRINE_ASSIGN(const std::vector<Piece> pieces, words(heap, text, limit));
  for (const Piece& piece : pieces) PEREGRINE_TRY(append_piece(heap, *out, text, piece.begin, piece.end));
  return out;
}

Result<Sequence*> split_words_from_right(Heap& heap, const Text& text, std::int64_t limit) {
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  PEREGRINE_ASSIGN(const std::vector<Piece> pieces, words(heap, text, -1));
  std::size_t first = 0;
  if (limit >= 0 && pieces.size() > static_cast<std::size_t>(limit)) {
    first = pieces.size() - static_cast<std::size_t>(limit);
    // What is not cut off keeps its leading white space, as in Python.
    PEREGRINE_TRY(append_piece(heap, *out, text, 0, pieces[first - 1].end));
  }
  for (std::size_t i = first; i < pieces.size(); ++i) {
    PEREGRINE_TRY(append_piece(heap, *out, text, pieces[i].begin, pieces[i].end));
  }
  return out;
}

Result<Sequence*> split_from_right(Heap& heap, const Text& text, const Text& separator, std::int64_t limit) {
  // Searching forward in the reverse keeps the search linear.
  const std::string reversed(text.view().rbegin(), text.view().rend());
  const std::string needle(separator.view().rbegin(), separator.view().rend());
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  std::size_t begin = 0;
  while (limit != 0) {
    const std::size_t hit = find_bytes(reversed, needle, begin);
    if (hit == std::string_view::npos) break;
    PEREGRINE_TRY(append_piece(heap, *out, text, text.size() - hit, text.size() - begin));
    begin = hit + needle.size();
    if (limit > 0) --limit;
  }
  PEREGRINE_TRY(append_piece(heap, *out, text, 0, text.size() - begin));
  std::reverse(out->mutable_items().begin(), out->mutable_items().end());
  return out;
}

}  // namespace

Result<Text> map_case(Heap& heap, const Text& text, base::FunctionRef<CaseMapping(char32_t)> mapping) {
  PEREGRINE_TRY(heap.walk(text.length()));
  TextBuilder out(heap);
  for (CodePoints points(text); points.next();)
    append_mapping(out, mapping(points.value()), points.trusted());
  return out.finish();
}

Result<Text> upper(Heap& heap, const Text& text) {
  if (text.ascii()) return map_ascii(heap, text, 'a', 'z');
  return map_case(heap, text, [](char32_t c) { return to_upper(c); });
}

Result<Text> lower(Heap& heap, const Text& text) {
  if (text.ascii()) return map_ascii(heap, text, 'A', 'Z');
  return map_case(heap, text, [](char32_t c) { return to_lower(c); });
}

Result<Text> capitalize(Heap& heap, const Text& text) {
  bool first = true;
  return map_case(heap, text,
                  [&](char32_t c) { return std::exchange(first, false) ? to_title(c) : to_lower(c); });
}

Result<Text> strip(Heap& heap, const Text& text, const Text* characters, Side side) {
  if (characters) PEREGRINE_TRY(heap.walk(characters->length()));
  const CharacterSet set(characters);
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (side != Side::kRight) {
    begin = end;
    for (CodePoints points(text); points.next();) {
      if (set.contains(points.value())) continue;
      begin = points.offset();
      break;
    }
  }
  while (side != Side::kLeft && end > begin) {
    const std::size_t last = begin + start_of_last(text.view().substr(begin, end - begin));
    if (!set.contains(base::utf8_decode(text.view().substr(last)).code_point)) break;
    end = last;
  }
  PEREGRINE_TRY(heap.walk(text.size() - (end - begin)));
  return substring(heap, text, begin, end);
}

Result<Text> replace(Heap& heap, const Text& text, const Text& old, const Text& with, std::int64_t count) {
  PEREGRINE_TRY(heap.search(text.size()));
  TextBuilder out(heap);
  std::size_t begin = 0;
  if (old.empty()) {  // between all characters, and at both ends
    for (CodePoints points(text); count != 0; --count) {
      PEREGRINE_TRY(heap.step());
      out.append(with);
      if (!points.next()) break;
      begin = points.offset() + points.bytes().size();
      out.append(text, points.offset(), begin);
      PEREGRINE_TRY(out.status());
    }
  }
  while (!old.empty() && count != 0) {
    const std::size_t hit = find_bytes(text.view(), old.view(), begin);
    if (hit == std::string_view::npos) break;
    PEREGRINE_TRY(heap.step());
    out.append(text, begin, hit);
    out.append(with);
    PEREGRINE_TRY(out.status());
    begin = hit + old.size();
    if (count > 0) --count;
  }
  if (begin == 0 && out.size() == 0 && !old.empty()) return text;
  out.append(text, begin, text.size());
  return out.finish();
}

Result<Sequence*> split(Heap& heap, const Text& text, const Text* separator, std::int64_t limit, Side from) {
  PEREGRINE_TRY(heap.search(text.size()));
  if (separator == nullptr) {
    return from == Side::kRight ? split_words_from_right(heap, text, limit) : split_words(heap, text, limit);
  }
  if (from == Side::kRight) return split_from_right(heap, text, *separator, limit);
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  std::size_t begin = 0;
  while (limit != 0) {
    const std::size_t hit = find_bytes(text.view(), separator->view(), begin);
    if (hit == std::string_view::npos) break;
    PEREGRINE_TRY(append_piece(heap, *out, text, begin, hit));
    begin = hit + separator->size();
    if (limit > 0) --limit;
  }
  PEREGRINE_TRY(append_piece(heap, *out, text, begin, text.size()));
  return out;
}

Result<Sequence*> split_lines(Heap& heap, const Text& text, bool keep_ends) {
  PEREGRINE_TRY(heap.walk(text.length()));
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  std::size_t begin = 0;
  for (CodePoints points(text); points.next();) {
    if (!is_line_end(points.value())) continue;
    const std::size_t at = points.offset();
    if (at < begin) continue;  // the second half of a line end just taken
    std::size_t next = at + points.bytes().size();
    if (points.value() == U'\r' && text.view().substr(next, 1) == "\n") ++next;
    PEREGRINE_TRY(append_piece(heap, *out, text, begin, keep_ends ? next : at));
    begin = next;
  }
  if (begin < text.size()) PEREGRINE_TRY(append_piece(heap, *out, text, begin, text.size()));
  return out;
}

Result<Text> pad(Heap& heap, const Text& text, std::int64_t width, const Text& fill, Side side) {
  const auto length = static_cast<std::int64_t>(text.length());
  if (width <= length) return text;
  const auto padding = static_cast<std::size_t>(width - length);
  // Of an odd number of fills around a text, Python puts the odd one by the parity of both lengths.
  const std::size_t centred = padding / 2 + (padding & static_cast<std::size_t>(width) & 1U);
  const std::size_t left = side == Side::kLeft ? padding : (side == Side::kBoth ? centred : 0);
  TextBuilder out(heap);
  out.append_repeated(fill.view(), left, fill.trusted());
  out.append(text);
  out.append_repeated(fill.view(), padding - left, fill.trusted());
  return out.finish();
}

}  // namespace peregrine::jinja
