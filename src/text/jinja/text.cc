#include "text/jinja/text.h"

#include <algorithm>
#include <cstring>

#include "base/utf8.h"

namespace peregrine::jinja {
namespace {

bool begins_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

}  // namespace

std::size_t count_code_points(std::string_view bytes) {
  return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), begins_code_point));
}

Text Text::literal(std::string text, bool trusted) {
  if (text.empty()) return {};
  auto rep = std::make_shared<Rep>();
  rep->length = count_code_points(text);
  rep->bytes = std::move(text);
  rep->first_trusted = trusted;
  return Text(std::move(rep));
}

std::size_t Text::offset_of(std::size_t index) const {
  if (ascii()) return index;
  const std::string_view bytes = view();
  for (std::size_t offset = 0; offset < bytes.size(); ++offset) {
    if (begins_code_point(bytes[offset]) && index-- == 0) return offset;
  }
  return bytes.size();
}

void Text::for_each_run(std::size_t begin, std::size_t end,
                        base::FunctionRef<void(std::string_view, bool)> visit) const {
  if (begin >= end) return;
  const std::vector<std::size_t>& flips = rep_->flips;
  auto flip = std::upper_bound(flips.begin(), flips.end(), begin);
  bool trusted = rep_->first_trusted != ((flip - flips.begin()) % 2 != 0);
  while (begin < end) {
    const std::size_t stop = flip == flips.end() ? end : std::min(*flip++, end);
    visit(view().substr(begin, stop - begin), trusted);
    begin = stop;
    trusted = !trusted;
  }
}

bool CodePoints::next() {
  if (!rep_ || offset_ >= rep_->bytes.size()) return false;
  if (flip_ < rep_->flips.size() && rep_->flips[flip_] == offset_) {
    trusted_ = !trusted_;
    ++flip_;
  }
  const std::string_view rest = std::string_view(rep_->bytes).substr(offset_);
  const base::Utf8Decoded decoded = base::utf8_decode(rest);
  value_ = decoded.code_point;
  bytes_ = rest.substr(0, decoded.length);
  offset_ += decoded.length;
  return true;
}

TextBuilder::TextBuilder(Heap& heap)
    : TextBuilder(heap, heap.limits().max_string_bytes, "max_string_bytes") {}

TextBuilder TextBuilder::for_output(Heap& heap) {
  return {heap, heap.limits().max_output_bytes, "max_output_bytes"};
}

TextBuilder::TextBuilder(Heap& heap, std::size_t limit, std::string_view limit_name)
    : heap_(heap), limit_(limit), limit_name_(limit_name), charge_(heap) {}

bool TextBuilder::make_room(std::size_t bytes) {
  if (failure_ != Failure::kNone) return false;
  if (bytes > limit_ - std::min(limit_, bytes_.size())) {
    failure_ = Failure::kTooLong;
    return false;
  }
  const std::size_t needed = bytes_.size() + bytes + (flips_.size() + 1) * sizeof(std::size_t);
  if (needed > charge_.bytes() && !charge_.resize(std::max(needed, 2 * charge_.bytes()))) {
    failure_ = Failure::kNoMemory;
    return false;
  }
  return true;
}

void TextBuilder::append(std::string_view bytes, bool trusted) {
  if (bytes.empty() || !make_room(bytes.size())) return;
  if (bytes_.empty()) {
    first_trusted_ = trusted;
  } else if (trusted != last_trusted_) {
    flips_.push_back(bytes_.size());
  }
  last_trusted_ = trusted;
  bytes_.append(bytes);
}

void TextBuilder::append(const Text& text, std::size_t begin, std::size_t end) {
  text.for_each_run(begin, end, [&](std::string_view bytes, bool trusted) { append(bytes, trusted); });
}

void TextBuilder::append(char32_t code_point, bool trusted) {
  std::string encoded;
  base::utf8_append(encoded, code_point);
  append(encoded, trusted);
}

void TextBuilder::append_repeated(std::string_view bytes, std::size_t count, bool trusted) {
  if (bytes.empty() || count == 0) return;
  if (count > limit_ / bytes.size()) {
    if (failure_ == Failure::kNone) failure_ = Failure::kTooLong;
    return;
  }
  if (!make_room(bytes.size() * count)) return;
  append(bytes, trusted);
  if (bytes.size() == 1) {
    bytes_.append(count - 1, bytes.front());
  } else {
    for (std::size_t i = 1; i < count; ++i) bytes_.append(bytes);
  }
}

Status TextBuilder::status() const {
  switch (failure_) {
    case Failure::kNone:
      return {};
    case Failure::kTooLong:
      return limit_exceeded(limit_name_, limit_);
    case Failure::kNoMemory:
      return limit_exceeded("max_memory_bytes", heap_.limits().max_memory_bytes);
  }
  return {};
}

Result<Text> TextBuilder::finish() {
  PEREGRINE_TRY(status());
  PEREGRINE_TRY(heap_.touch(bytes_.size()));
  if (bytes_.empty()) return Text();
  auto rep = std::make_shared<Text::Rep>();
  rep->length = count_code_points(bytes_);
  rep->bytes = std::move(bytes_);
  rep->flips = std::move(flips_);
  rep->first_trusted = first_trusted_;
  const std::size_t held =
      sizeof(Text::Rep) + rep->bytes.capacity() + rep->flips.capacity() * sizeof(std::size_t);
  if (!charge_.resize(held)) return limit_exceeded("max_memory_bytes", heap_.limits().max_memory_bytes);
  rep->charge = std::move(charge_);
  return Text(std::move(rep));
}

std::vector<Segment> TextBuilder::segments() const {
  std::vector<Segment> segments;
  segments.reserve(flips_.size() + 1);
  std::size_t begin = 0;
  bool trusted = first_trusted_;
  const auto close = [&](std::size_t end) {
    if (end > begin) segments.push_back({bytes_.substr(begin, end - begin), trusted});
    begin = end;
    trusted = !trusted;
  };
  for (const std::size_t flip : flips_) close(flip);
  close(bytes_.size());
  return segments;
}

Result<Text> substring(Heap& heap, const Text& text, std::size_t begin, std::size_t end) {
  if (begin == 0 && end == text.size()) return text;
  TextBuilder out(heap);
  out.append(text, begin, end);
  return out.finish();
}

Result<Text> make_text(Heap& heap, std::string_view bytes, bool trusted) {
  TextBuilder out(heap);
  if (base::utf8_valid(bytes)) {
    out.append(bytes, trusted);
  } else {
    out.append(base::utf8_sanitize(bytes), trusted);
  }
  return out.finish();
}

std::size_t find_bytes(std::string_view haystack, std::string_view needle, std::size_t from) {
  if (from > haystack.size() || needle.size() > haystack.size() - from) return std::string_view::npos;
  if (needle.empty()) return from;
  const char* begin = haystack.data() + from;
  const std::size_t size = haystack.size() - from;
  // std::string_view::find is quadratic in the worst case; memmem is not.
  const void* hit = needle.size() == 1 ? std::memchr(begin, needle.front(), size)
                                       : memmem(begin, size, needle.data(), needle.size());
  if (hit == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(hit) - haystack.data());
}

std::size_t rfind_bytes(std::string_view haystack, std::string_view needle, std::size_t end) {
  const std::string_view head = haystack.substr(0, end);
  const std::string reversed_head(head.rbegin(), head.rend());
  const std::string reversed_needle(needle.rbegin(), needle.rend());
  const std::size_t hit = find_bytes(reversed_head, reversed_needle);
  if (hit == std::string_view::npos) return hit;
  return head.size() - hit - needle.size();
}

}  // namespace peregrine::jinja
