#include "kernels/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "kernels/test_support.h"

namespace peregrine::kernels {
namespace {

TEST(KernelTable, ScalarIsAlwaysThereAndLast) {
  ASSERT_FALSE(available_kernels().empty());
  EXPECT_EQ(available_kernels().back()->isa, "scalar");
}

TEST(KernelTable, SelectionFollowsTheNameOrFallsBackToTheBest) {
  KernelTable best;
  best.isa = "best";
  KernelTable plain;
  plain.isa = "plain";
  const std::array<const KernelTable*, 2> tables = {&best, &plain};
  EXPECT_EQ(select_kernels("", tables).isa, "best");
  EXPECT_EQ(select_kernels("plain", tables).isa, "plain");
  testing::internal::CaptureStderr();
  EXPECT_EQ(select_kernels("neon", tables).isa, "best");
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("PEREGRINE_ISA=neon"), std::string::npos) << log;
  EXPECT_NE(log.find("using best"), std::string::npos) << log;
}

TEST(KernelTable, TheChosenTableIsOneOfThoseAvailable) {
  EXPECT_NE(std::ranges::find(available_kernels(), &kernels()), available_kernels().end());
  EXPECT_EQ(&kernels(), &kernels());
}

class EveryTable : public IsaTest {};

TEST_P(EveryTable, IsComplete) {
  const KernelTable& t = *GetParam();
  EXPECT_FALSE(t.isa.empty());
  EXPECT_TRUE(std::ranges::none_of(t.matmul, [](MatmulTileFn f) { return f == nullptr; }));
  EXPECT_TRUE(t.quantize_q8x32 && t.quantize_q8x256 && t.rms_norm && t.rope_norm && t.rope_neox);
  for (const auto type : {tensor::DType::kF32, tensor::DType::kF16, tensor::DType::kQ8_0}) {
    ASSERT_NE(t.kv(type), nullptr);
    EXPECT_TRUE(t.kv(type)->store_row && t.kv(type)->store_key && t.kv(type)->attention_chunk);
  }
  EXPECT_EQ(t.kv(tensor::DType::kQ4_0), nullptr);
  EXPECT_TRUE(t.attention_fold && t.attention_finish && t.softmax && t.add && t.scale && t.silu_mul && t.exp);
  EXPECT_TRUE(t.f32_to_f16 && t.f16_to_f32);
  EXPECT_EQ(t.matmul_tile(tensor::DType::kI32), nullptr);
  EXPECT_EQ(t.quantize(ActivationFormat::kF32), nullptr);
}

PEREGRINE_FOR_EACH_ISA(EveryTable);

}  // namespace
}  // namespace peregrine::kernels
