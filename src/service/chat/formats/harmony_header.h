// The header of a harmony message: what stands before <|message|>.
//
//   assistant to=RECIPIENT <|channel|> NAME to=RECIPIENT TYPE <|constrain|> TYPE
//
// All of it but <|channel|> NAME may be missing; the recipient stands in one of its two places.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "service/chat/formats/raw_text.h"

namespace peregrine::service {

namespace harmony {
inline constexpr std::string_view kStart = "<|start|>";
inline constexpr std::string_view kChannel = "<|channel|>";
inline constexpr std::string_view kConstrain = "<|constrain|>";
inline constexpr std::string_view kMessage = "<|message|>";
inline constexpr std::string_view kEnd = "<|end|>";
inline constexpr std::string_view kCall = "<|call|>";
inline constexpr std::string_view kReturn = "<|return|>";

inline constexpr std::string_view kRole = "assistant";
inline constexpr std::string_view kAnalysis = "analysis";
inline constexpr std::string_view kCommentary = "commentary";
inline constexpr std::string_view kFinal = "final";
inline constexpr std::string_view kFunctions = "functions.";  // namespace of the declared tools
}  // namespace harmony

class HarmonyHeader {
 public:
  enum class Section { kRole, kChannel, kType };
  struct Reading {
    std::string_view channel;    // both into the header; may be empty
    std::string_view recipient;  // as written after "to="
  };

  // A new one. Without `role_due` the role has been written by the prompt.
  void begin(Section section, bool role_due);
  // A control token that leads on to `section`; false if it does not follow.
  bool enter(Section section);
  // False when it is too long for a header.
  bool add(std::string_view text, std::size_t raw);

  // Nothing if its words are not those of a header.
  std::optional<Reading> read() const;
  // It says nothing yet: at most who speaks.
  bool blank() const;
  // It reads as a header that was cut off.
  bool unfinished() const;
  // Its text is content.
  void release(OutputSink& sink) { text_.release(sink); }

 private:
  Section section_ = Section::kRole;
  bool role_due_ = false;
  std::array<std::string, 3> sections_;
  HeldText text_;  // all of it
};

}  // namespace peregrine::service
