// Traces of tests/formats: what models of each JSON family write, whole and in pieces.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "service/chat/formats/generic.h"
#include "service/chat/formats/hermes.h"
#include "service/chat/formats/llama3.h"
#include "service/chat/formats/llama4.h"
#include "service/chat/formats/testing/raw_traces.h"

namespace peregrine::service {
namespace {

constexpr int kFewestMalformed = 8;

std::shared_ptr<const ChatFormat> make_format(std::string_view name, bool control_markers) {
  if (name == "hermes") return make_hermes_format(control_markers);
  if (name == "llama3") return make_llama3_format();
  if (name == "llama4") return make_llama4_format();
  return make_generic_format();
}

class TraceTest : public ::testing::TestWithParam<const char*> {};

TEST_P(TraceTest, WholeAndInPieces) {
  testing::expect_traces(GetParam(), [](const testing::RawTrace& trace) {
    return make_format(GetParam(), trace.flag("control"));
  });
}

TEST_P(TraceTest, ManyAreMalformed) {
  const auto traces = testing::read_traces(GetParam());
  EXPECT_GE(std::ranges::count_if(traces, [](const auto& trace) { return trace.flag("malformed"); }),
            kFewestMalformed);
}

INSTANTIATE_TEST_SUITE_P(JsonFamilies, TraceTest, ::testing::Values("hermes", "llama3", "llama4", "generic"),
                         [](const auto& family) { return std::string(family.param); });

}  // namespace
}  // namespace peregrine::service
