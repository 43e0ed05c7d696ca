// Weights that are kept between runs, through the backend that keeps them.
#include "backend/cpu/weight_cache.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "backend/backend.h"
#include "backend/testing/random_values.h"

namespace peregrine::backend {
namespace {

constexpr std::uint32_t kOut = 37;  // not a whole panel
constexpr std::uint32_t kKeptWidth = 96;

class KeptWeights : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("peregrine-kept-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file() const { return folder_ / "inner" / "model.weights"; }

  // What a model of two matrices, whose numbers follow from `seed`, makes of one row; `reads` counts the
  // parts that were taken from the sources.
  std::vector<float> run(const std::string& key, std::uint64_t seed, std::uint32_t n_out = kOut) {
    base::MemoryBudget budget(std::uint64_t{64} << 20);
    const auto backend = make_cpu_backend({.threads = 2, .pool = {}, .isa = {}}, budget);
    const auto first = testing::random_values(std::size_t{n_out} * kKeptWidth, seed);
    const auto second = testing::random_values(std::size_t{n_out} * kKeptWidth, seed + 1);
    const auto source = [&](const std::vector<float>& values) {
      return WeightSource{"w", tensor::DType::kF32, n_out, kKeptWidth, std::as_bytes(std::span(values)), {}};
    };
    const auto a = backend->load_matrix(source(first)).value();
    const auto b = backend->load_matrix(source(second)).value();
    reads_ = 0;
    const auto status = backend->read_weights({.prepare = [this](std::span<const std::byte>) -> Status {
                                                 ++reads_;
                                                 return {};
                                               },
                                               .kept = file(),
                                               .key = key});
    EXPECT_TRUE(status) << status.error().text();
    EXPECT_TRUE(backend->reserve({.rows = 1, .n_in = kKeptWidth}));
    const auto x = backend->allocate(1, kKeptWidth).value();
    const auto values = testing::random_values(kKeptWidth, 99);
    std::memcpy(x->tensor().data, values.data(), kKeptWidth * sizeof(float));
    const auto y = backend->allocate(2, n_out).value();
    const Tensor all = y->tensor();
    backend->matmul(*a, x->tensor(), {all.data, 1, n_out});
    backend->matmul(*b, x->tensor(), {all.data + n_out, 1, n_out});
    std::vector<float> out(std::size_t{2} * n_out);
    backend->read(all, out);
    return out;
  }

  std::string contents() const {
    std::ifstream stream(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void replace(const std::string& bytes) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }

  std::filesystem::path folder_;
  int reads_ = 0;
};

TEST_F(KeptWeights, AreTakenTheNextTimeAndAreTheSame) {
  const std::vector<float> fresh = run("a", 1);
  EXPECT_GT(reads_, 0);
  EXPECT_EQ(run("a", 1), fresh);
  EXPECT_EQ(reads_, 0);
  // They really come from the file: with other sources under the same key, the result stays.
  EXPECT_EQ(run("a", 7), fresh);
}

TEST_F(KeptWeights, OfAnotherModelAreReplaced) {
  const std::vector<float> a = run("a", 1);
  const std::vector<float> b = run("b", 7);
  EXPECT_GT(reads_, 0);
  EXPECT_NE(a, b);
  EXPECT_EQ(run("b", 1), b);
  EXPECT_EQ(run("b", 1, kOut + 1).size(), 2 * (kOut + 1));
  EXPECT_GT(reads_, 0);
}

TEST_F(KeptWeights, ThatAreDamagedAreWrittenAnew) {
  const std::vector<float> fresh = run("a", 1);
  const std::string good = contents();
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, std::size_t{4095}, std::size_t{4096}, good.size() - 1}) {
    replace(good.substr(0, length));
    EXPECT_EQ(run("a", 1), fresh) << length;
    EXPECT_GT(reads_, 0) << length;
    EXPECT_EQ(contents(), good) << length;
  }
  std::string other = good;
  other[other.find("layout")] = 'X';
  replace(other);
  EXPECT_EQ(run("a", 1), fresh);
  EXPECT_EQ(contents(), good);
}

TEST_F(KeptWeights, ThatCannotBeWrittenKeepNobodyFromLoading) {
  std::filesystem::create_directories(folder_);
  std::ofstream(folder_ / "inner") << "a file where a folder is due";
  const std::vector<float> fresh = run("a", 1);
  EXPECT_EQ(run("a", 1), fresh);
  EXPECT_GT(reads_, 0);
}

}  // namespace
}  // namespace peregrine::backend
