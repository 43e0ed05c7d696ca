// The seed corpus of model_fuzz, as checked in, is what the generator makes. After a change in it, run with
// PEREGRINE_WRITE_CORPUS=1 to write it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "app/synthetic/model_file.h"
#include "app/synthetic/testing/seeds.h"

namespace peregrine::app::synthetic {
namespace {

// A fuzzer is slow on large inputs.
constexpr std::size_t kMaxSeedBytes = 32 * 1024;

TEST(ModelSeedCorpus, IsWhatTheGeneratorMakes) {
  const std::filesystem::path folder = PEREGRINE_SOURCE_DIR "/tests/fuzz/corpus/model_fuzz";
  const bool write = std::getenv("PEREGRINE_WRITE_CORPUS") != nullptr;
  if (write) std::filesystem::create_directories(folder);
  std::set<std::filesystem::path> expected;
  for (const auto& [name, wanted] : testing::fuzz_seeds()) {
    const auto spec = resolve(wanted);
    ASSERT_TRUE(spec) << name << ": " << spec.error().text();
    const auto bytes = model_bytes(*spec);
    ASSERT_TRUE(bytes) << name << ": " << bytes.error().text();
    EXPECT_LE(bytes->size(), kMaxSeedBytes) << name;
    const auto path = folder / (name + ".gguf");
    expected.insert(path);
    const std::string made(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    if (write) std::ofstream(path, std::ios::binary) << made;
    std::ifstream in(path, std::ios::binary);
    ASSERT_TRUE(in) << path << " is missing; run with PEREGRINE_WRITE_CORPUS=1";
    const std::string stored{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(stored == made) << path << " differs; run with PEREGRINE_WRITE_CORPUS=1";
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    EXPECT_TRUE(expected.contains(entry.path())) << entry.path() << " is nobody's seed";
  }
}

}  // namespace
}  // namespace peregrine::app::synthetic
