#include "service/chat/formats/raw_text.h"

namespace peregrine::service {

void HeldText::add(std::string_view text, std::size_t raw) {
  if (text.empty()) return;
  bytes_ += text.size();
  if (!stretches_.empty() && stretches_.back().raw + stretches_.back().text.size() == raw) {
    stretches_.back().text += text;
  } else {
    stretches_.push_back({std::string(text), raw});
  }
}

void HeldText::release(OutputSink& sink) {
  for (const Stretch& stretch : stretches_) sink.content(stretch.text, stretch.raw);
  clear();
}

void HeldText::clear() {
  stretches_.clear();
  bytes_ = 0;
}

}  // namespace peregrine::service
