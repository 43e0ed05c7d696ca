#include "api/json/path.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace peregrine::api {

std::string clip(std::string_view text) {
  constexpr std::size_t kMaxEcho = 100;
  if (text.size() <= kMaxEcho) return std::string(text);
  const std::string_view head = text.substr(0, kMaxEcho);
  return std::string(head.substr(0, base::utf8_complete_prefix(head))) + "...";
}

std::string Path::param() const {
  if (root()) return {};
  std::string text = parent_->param();
  if (key_.data() == nullptr) return text + fmt::format("[{}]", index_);
  if (!text.empty()) text += '.';
  return text + clip(key_);
}

std::string Path::dotted() const {
  if (root()) return {};
  std::string text = parent_->dotted();
  if (!text.empty()) text += '.';
  return text + (key_.data() == nullptr ? fmt::format("{}", index_) : clip(key_));
}

tl::unexpected<Error> wrong(const Path& path, std::string_view reason) {
  if (path.root()) return fail(ErrorCode::kInvalidArgument, std::string(reason));
  return fail(ErrorCode::kInvalidArgument, fmt::format("'{}' : {}", path.dotted(), reason), path.param());
}

}  // namespace peregrine::api
