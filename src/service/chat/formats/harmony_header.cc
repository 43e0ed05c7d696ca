#include "service/chat/formats/harmony_header.h"

#include <algorithm>
#include <initializer_list>

namespace peregrine::service {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256;
constexpr std::string_view kTo = "to=";

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(kBlanks));
  text.remove_prefix(word.size());
  return word;
}

// Reads a section: "to=" once over the whole header, other words in the order of `slots`, each at most once.
bool read_words(std::string_view text, std::string_view& recipient,
                std::initializer_list<std::string_view*> slots) {
  const auto* slot = slots.begin();
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
    if (word.starts_with(kTo)) {
      if (!recipient.empty()) return false;
      recipient = word.substr(kTo.size());
    } else {
      if (slot == slots.end()) return false;
      **slot++ = word;
    }
  }
  return true;
}

}  // namespace

void HarmonyHeader::begin(Section section, bool role_due) {
  section_ = section;
  role_due_ = role_due;
  sections_.fill({});
  text_.clear();
}

bool HarmonyHeader::enter(Section section) {
  const bool follows = static_cast<int>(section) == static_cast<int>(section_) + 1;
  if (follows) section_ = section;
  return follows;
}

bool HarmonyHeader::add(std::string_view text, std::size_t raw) {
  text_.add(text, raw);
  if (text_.bytes() > kMaxHeaderBytes) return false;
  sections_[static_cast<std::size_t>(section_)] += text;
  return true;
}

std::optional<HarmonyHeader::Reading> HarmonyHeader::read() const {
  Reading reading;
  std::string_view role;
  std::string_view type;
  std::string_view constraint;
  std::string_view nobody = "nobody";
  if (!read_words(sections_[0], reading.recipient, {&role})) return std::nullopt;
  if (!role.empty() && !(role_due_ && role == harmony::kRole)) return std::nullopt;
  if (!read_words(sections_[1], reading.recipient, {&reading.channel, &type})) return std::nullopt;
  if (!read_words(sections_[2], nobody, {&constraint})) return std::nullopt;
  return reading;
}

bool HarmonyHeader::blank() const {
  const auto reading = read();
  return section_ == Section::kRole && reading && reading->recipient.empty();
}

bool HarmonyHeader::unfinished() const {
  if (read()) return true;
  std::string_view role = sections_[0];
  const std::string_view word = next_word(role);
  return role_due_ && section_ == Section::kRole && role.empty() && harmony::kRole.starts_with(word);
}

}  // namespace peregrine::service
