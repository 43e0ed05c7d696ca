#include "base/numa.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/aligned_buffer.h"

namespace peregrine::base {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Numa, NodeListsAreReadAsTheSystemWritesThem) {
  EXPECT_THAT(parse_node_list("0"), ElementsAre(0));
  EXPECT_THAT(parse_node_list("0-3"), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(parse_node_list("0-1,4,6-7"), ElementsAre(0, 1, 4, 6, 7));
}

TEST(Numa, WhatIsNoNodeListIsEmpty) {
  for (const char* text :
       {"", "x", "0-", "-1", "1-0", "0,", ",0", "0,0", "1,0", "0 1", "1024", "0-99999999999"}) {
    EXPECT_THAT(parse_node_list(text), IsEmpty()) << text;
  }
}

TEST(Numa, PagesAreToldToSpread) {
  if (memory_nodes().empty()) GTEST_SKIP() << "the system does not tell its memory nodes";
  auto buffer = AlignedBuffer::allocate(std::size_t{1} << 20);
  ASSERT_TRUE(buffer);
  if (!spread_pages(buffer->span(), memory_nodes())) GTEST_SKIP() << "the system does not place memory";
  int policy = -1;
  constexpr unsigned long kOfAddress = 2;  // MPOL_F_ADDR
  ASSERT_EQ(::syscall(SYS_get_mempolicy, &policy, nullptr, 0UL, buffer->data(), kOfAddress), 0);
  EXPECT_EQ(policy, 3);
}

}  // namespace
}  // namespace peregrine::base
