// Header fields of multipart/form-data: the boundary, and what a part says of itself.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "http/message.h"
#include "http/multipart.h"
#include "http/target.h"

namespace peregrine::http {
namespace {

constexpr std::size_t kMaxBoundary = 70;  // RFC 2046, 5.1.1
constexpr std::size_t kMaxParameters = 16;
constexpr std::size_t kMaxPartHeaders = 16;
constexpr std::string_view kBlanks = " \t";

tl::unexpected<Error> malformed(std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message));
}

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= kMaxBoundary && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_alphanumeric(c) || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
         });
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

struct Parameter {
  std::string name;
  std::string value;
};

// A quoted string off the beginning of `text`, which starts with the quote. Only a quote and a backslash can
// be escaped: some clients send paths with plain backslashes. None: it does not end.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    const bool escapes =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    if (escapes) ++i;
    value += text[i];
  }
  return std::nullopt;
}

// A value and its parameters, `value; name=value; name="value"`. Names are compared without regard to case
// and may not repeat.
struct FieldValue {
  std::string_view value;
  std::vector<Parameter> parameters;

  const Parameter* find(std::string_view name) const {
    const auto found = std::find_if(parameters.begin(), parameters.end(), [name](const Parameter& parameter) {
      return equal_ignoring_case(parameter.name, name);
    });
    return found == parameters.end() ? nullptr : &*found;
  }
};

Result<Parameter> take_parameter(std::string_view& text) {
  const std::size_t equals = text.find('=');
  const std::string_view name = trim(text.substr(0, equals));
  if (equals == std::string_view::npos || !is_token(name)) return malformed("a parameter is malformed");
  text.remove_prefix(equals + 1);
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  Parameter parameter{std::string(name), {}};
  if (text.starts_with('"')) {
    auto quoted = take_quoted(text);
    if (!quoted) return malformed("a quoted parameter does not end");
    parameter.value = std::move(*quoted);
  } else {
    const std::string_view token = trim(text.substr(0, text.find(';')));
    if (!is_token(token)) return malformed("a parameter's value must be quoted");
    text.remove_prefix(std::min(text.find(';'), text.size()));
    parameter.value = token;
  }
  return parameter;
}

Result<FieldValue> parse_field_value(std::string_view text) {
  FieldValue field;
  const std::size_t end = std::min(text.find(';'), text.size());
  field.value = trim(text.substr(0, end));
  text.remove_prefix(end);
  while (!text.empty()) {
    text.remove_prefix(1);
    if (trim(text).empty()) break;
    if (field.parameters.size() == kMaxParameters) return malformed("there are too many parameters");
    PEREGRINE_ASSIGN(Parameter parameter, take_parameter(text));
    if (field.find(parameter.name) != nullptr) return malformed("a parameter is repeated");
    field.parameters.push_back(std::move(parameter));
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    if (!text.empty() && text.front() != ';') return malformed("a parameter is followed by something else");
  }
  return field;
}

// The three characters that browsers escape in quoted names (HTML, "multipart/form-data encoding algorithm").
std::string unescape_browser(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view escape = text.substr(i, 3);
    const bool known =
        escape == "%22" || equal_ignoring_case(escape, "%0D") || equal_ignoring_case(escape, "%0A");
    if (!known) {
      out += text[i];
      continue;
    }
    out += escape == "%22" ? '"' : equal_ignoring_case(escape, "%0D") ? '\r' : '\n';
    i += 2;
  }
  return out;
}

// charset'language'percent-encoded text, RFC 8187, 3.2.
Result<std::string> decode_extended(std::string_view text) {
  const std::size_t charset = text.find('\'');
  const std::size_t language = charset == std::string_view::npos ? charset : text.find('\'', charset + 1);
  if (language == std::string_view::npos || !equal_ignoring_case(text.substr(0, charset), "utf-8")) {
    return malformed("The filename* of a part must begin with UTF-8''.");
  }
  auto decoded = percent_decode(text.substr(language + 1), Plus::kLiteral);
  if (!decoded) return malformed("The filename* of a part is not percent-encoded UTF-8.");
  return std::move(*decoded);
}

Status check_text(std::string_view what, std::string_view text) {
  if (base::utf8_valid(text) && !has_control_characters(text)) return {};
  return malformed("The " + std::string(what) + " of a part must be UTF-8 without control characters.");
}

// RFC 7578, 4.2: no path is to be believed.
std::string last_component(std::string_view path) {
  return std::string(path.substr(path.find_last_of("/\\") + 1));
}

Status read_disposition(std::string_view value, PartHead& head) {
  const auto field = parse_field_value(value);
  if (!field)
    return malformed("The Content-Disposition of a part is malformed: " + field.error().message + ".");
  const Parameter* name = field->find("name");
  if (!equal_ignoring_case(field->value, "form-data") || name == nullptr) {
    return malformed("The Content-Disposition of a part must be form-data with a name.");
  }
  head.name = unescape_browser(name->value);
  PEREGRINE_TRY(check_text("name", head.name));
  if (const Parameter* extended = field->find("filename*"); extended != nullptr) {
    PEREGRINE_ASSIGN(head.filename, decode_extended(extended->value));
  } else if (const Parameter* plain = field->find("filename"); plain != nullptr) {
    head.filename = unescape_browser(plain->value);
  } else {
    return {};
  }
  PEREGRINE_TRY(check_text("filename", *head.filename));
  head.filename = last_component(*head.filename);
  return {};
}

// RFC 7578, 4.7: a deprecated field, which would change what the content means.
bool is_plain_encoding(std::string_view value) {
  return equal_ignoring_case(value, "binary") || equal_ignoring_case(value, "8bit") ||
         equal_ignoring_case(value, "7bit");
}

}  // namespace

Result<std::string> multipart_boundary(std::string_view content_type) {
  const auto field = parse_field_value(content_type);
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  if (!equal_ignoring_case(type, "multipart/form-data")) {
    return fail(ErrorCode::kUnsupported, "The Content-Type must be multipart/form-data.");
  }
  const Parameter* boundary = field ? field->find("boundary") : nullptr;
  if (boundary == nullptr || !is_boundary(boundary->value)) {
    return malformed("The Content-Type must give a valid boundary.");
  }
  return boundary->value;
}

Result<PartHead> parse_part_head(std::string_view section) {
  PartHead head;
  bool has_disposition = false;
  bool has_type = false;
  for (std::size_t fields = 0; !section.empty(); ++fields) {
    if (fields == kMaxPartHeaders) return malformed("A part has too many header fields.");
    const std::size_t end = std::min(section.find("\r\n"), section.size());
    const std::string_view line = section.substr(0, end);
    section.remove_prefix(std::min(end + 2, section.size()));
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !is_token(name) ||
        line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
      return malformed("A header line of a part is malformed.");
    }
    const std::string_view value = trim(line.substr(colon + 1));
    if (equal_ignoring_case(name, "content-disposition")) {
      if (std::exchange(has_disposition, true)) return malformed("A part has two Content-Dispositions.");
      PEREGRINE_TRY(read_disposition(value, head));
    } else if (equal_ignoring_case(name, "content-type")) {
      if (std::exchange(has_type, true)) return malformed("A part has two Content-Types.");
      PEREGRINE_TRY(check_text("Content-Type", value));
      head.content_type = value;
    } else if (equal_ignoring_case(name, "content-transfer-encoding") && !is_plain_encoding(value)) {
      return malformed("The content of a part must not be encoded for transfer.");
    }
  }
  if (!has_disposition) return malformed("A part has no Content-Disposition.");
  return head;
}

}  // namespace peregrine::http
