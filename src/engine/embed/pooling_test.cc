#include "engine/embed/pooling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace peregrine::engine {
namespace {

using ::testing::ElementsAre;

TEST(Pooling, MeansAndLengths) {
  std::vector<float> out(2);
  mean_of_rows(std::vector<float>{1, 2, 3, 4, 5, 9}, out);
  EXPECT_THAT(out, ElementsAre(3.0F, 5.0F));
  EXPECT_TRUE(normalise(out));
  EXPECT_FLOAT_EQ(out[0], 3.0F / std::sqrt(34.0F));
  EXPECT_FLOAT_EQ(out[1], 5.0F / std::sqrt(34.0F));
}

TEST(Pooling, WhatHasNoLengthOrNoNumbers) {
  std::vector<float> zeros(3, 0.0F);
  EXPECT_TRUE(normalise(zeros));
  EXPECT_THAT(zeros, ElementsAre(0.0F, 0.0F, 0.0F));
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    std::vector<float> vector = {1.0F, bad};
    EXPECT_FALSE(normalise(vector));
  }
  // Squares of the largest floats are finite in double.
  std::vector<float> large(4, std::numeric_limits<float>::max());
  EXPECT_TRUE(normalise(large));
  EXPECT_THAT(large, ElementsAre(0.5F, 0.5F, 0.5F, 0.5F));
}

}  // namespace
}  // namespace peregrine::engine
