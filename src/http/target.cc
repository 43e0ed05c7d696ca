#include "http/target.h"

#include <utility>

#include "base/utf8.h"

namespace peregrine::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_scheme(std::string_view target, std::string_view scheme) {
  return equal_ignoring_case(target.substr(0, scheme.size()), scheme);
}

// Cuts "http://authority" off an absolute-form target.
Result<std::string_view> without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!has_scheme(target, scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t authority = std::min(rest.find_first_of("/?"), rest.size());
    if (authority == 0) return fail(ErrorCode::kInvalidArgument, "The request target has no host.");
    return rest.substr(authority);
  }
  return target;
}

Status parse_query(std::string_view text, Params& query) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(end == text.size() ? end : end + 1);
    if (field.empty()) continue;
    if (query.size() == kMaxQueryFields) {
      return fail(ErrorCode::kInvalidArgument,
                  "The query has more than " + std::to_string(kMaxQueryFields) + " fields.");
    }
    const std::size_t equals = std::min(field.find('='), field.size());
    auto name = percent_decode(field.substr(0, equals), Plus::kSpace);
    auto value = percent_decode(equals == field.size() ? "" : field.substr(equals + 1), Plus::kSpace);
    if (!name || !value) {
      return fail(ErrorCode::kInvalidArgument,
                  "The query holds an invalid percent-escape or text that is not UTF-8.");
    }
    query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus == Plus::kSpace) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    decoded += c;
  }
  if (!base::utf8_valid(decoded)) return std::nullopt;
  return decoded;
}

Result<Target> parse_target(std::string_view target) {
  Target parsed;
  if (target == "*") {
    parsed.path = "*";
    return parsed;
  }
  if (target.find('#') != std::string_view::npos) {
    return fail(ErrorCode::kInvalidArgument, "The request target must not have a fragment.");
  }
  PEREGRINE_ASSIGN(const std::string_view local, without_authority(target));
  const std::size_t question = std::min(local.find('?'), local.size());
  std::string_view path = local.substr(0, question);
  if (path.empty() && local.size() != target.size()) path = "/";
  if (path.empty() || path.front() != '/') {
    return fail(ErrorCode::kInvalidArgument, "The request target must be a path that starts with '/'.");
  }
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  parsed.path.reserve(path.size() + 1);
  parsed.path.append("/").append(path);
  if (!percent_decode(parsed.path, Plus::kLiteral)) {
    return fail(ErrorCode::kInvalidArgument,
                "The path holds an invalid percent-escape or text that is not UTF-8.");
  }
  if (question < local.size()) PEREGRINE_TRY(parse_query(local.substr(question + 1), parsed.query));
  return parsed;
}

}  // namespace peregrine::http
