#include "app/table.h"

#include <gtest/gtest.h>

#include "app/expiry.h"

namespace peregrine::app {
namespace {

Table sample() {
  Table table({{"name", Table::Align::kLeft}, {"n", Table::Align::kRight}, {"note", Table::Align::kLeft}});
  table.add({"a", "12345", ""});
  table.add({"longer", "7", "x,\"y\"\n"});
  return table;
}

TEST(Table, IsAsWideAsItMustBe) {
  EXPECT_EQ(sample().text(),
            "name        n  note\n"
            "a       12345\n"
            "longer      7  x,\"y\"\n\n");
}

TEST(Table, QuotesWhatCsvCannotHold) {
  EXPECT_EQ(sample().csv(), "name,n,note\r\na,12345,\r\nlonger,7,\"x,\"\"y\"\"\n\"\r\n");
}

TEST(Expiry, IsATimeOrADay) {
  EXPECT_EQ(parse_expiry("12h", 100).value(), 100 + 12 * 3600);
  EXPECT_EQ(parse_expiry("30d", 100).value(), 100 + 30 * 86400);
  EXPECT_EQ(parse_expiry("1970-01-03", 100).value(), 2 * 86400);
  for (const char* bad : {"", "h", "0d", "-1d", "5", "5m", "5dd", "36501d", "2027-02-30", "1e3d"}) {
    EXPECT_FALSE(parse_expiry(bad, 100)) << bad;
  }
}

}  // namespace
}  // namespace peregrine::app
