#include "grammar/schema/formats.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace peregrine::grammar {
namespace {

// RFC 3339: days that exist, leap years included. Leap seconds are left out: they exist on given days only.
const std::string kLeapYear = R"((?:\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00))";
const std::string kDate = R"((?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|)"
                          R"((?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|)" +
                          kLeapYear + "-02-29)";
const std::string kClock = R"((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?)";
const std::string kZone = R"((?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))";

// RFC 1123, names of at most 253 characters by way of the count of labels.
const std::string kLabel = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const std::string kHostname = kLabel + R"((?:\.)" + kLabel + "){0,2}";

const std::string kOctet = R"((?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))";
const std::string kIpv4 = kOctet + R"((?:\.)" + kOctet + "){3}";

// RFC 4291 without embedded IPv4: the full form, or `::` with up to seven groups around it.
std::string ipv6() {
  const std::string group = "[0-9A-Fa-f]{1,4}";
  std::string all = "(?:" + group + ":){7}" + group + "|::";
  for (int before = 0; before <= 6; ++before) {
    for (int after = before == 0 ? 1 : 0; before + after <= 6; after += 1) {
      all += '|';
      if (before > 0) all += group + "(?::" + group + "){" + std::to_string(before - 1) + "}";
      all += "::";
      if (after > 0) all += "(?:" + group + ":){" + std::to_string(after - 1) + "}" + group;
    }
  }
  return all;
}

// RFC 5321 mailboxes with a plain local part.
const std::string kAtom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const std::string kEmail = kAtom + R"((?:\.)" + kAtom + ")*@" + kHostname;

// RFC 3986 with a host: scheme://host[:port]/path?query#fragment, and urn:- or mailto:-like forms.
const std::string kPathChar = R"((?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}))";
const std::string kTail = "(?:\\?(?:" + kPathChar + "|[/?])*)?(?:#(?:" + kPathChar + "|[/?])*)?";
const std::string kUri = "[A-Za-z][A-Za-z0-9+.-]*:(?://" + kHostname + "(?::\\d{1,5})?(?:/" + kPathChar +
                         "*)*|" + kPathChar + "+(?:/" + kPathChar + "*)*)" + kTail;

const std::string kUuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

const std::vector<std::pair<std::string_view, std::string>>& table() {
  static const std::vector<std::pair<std::string_view, std::string>> kTable = {
      {"date", kDate},
      {"time", kClock + kZone},
      {"date-time", kDate + "T" + kClock + kZone},
      {"email", kEmail},
      {"uuid", kUuid},
      {"ipv4", kIpv4},
      {"ipv6", ipv6()},
      {"uri", kUri},
      {"hostname", kHostname},
  };
  return kTable;
}

}  // namespace

std::optional<std::string_view> format_pattern(std::string_view format) {
  for (const auto& [name, pattern] : table()) {
    if (name == format) return pattern;
  }
  return std::nullopt;
}

}  // namespace peregrine::grammar
