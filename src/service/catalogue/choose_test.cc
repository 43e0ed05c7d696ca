#include "service/catalogue/choose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peregrine::service {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<hub::RepositoryFile> files(const std::vector<std::string>& paths) {
  std::vector<hub::RepositoryFile> out;
  for (const std::string& path : paths) out.push_back({path, 1000, ""});
  return out;
}

std::vector<std::string> names(const std::vector<RepositoryModel>& models) {
  std::vector<std::string> out;
  for (const RepositoryModel& model : models) out.push_back(model.name);
  return out;
}

TEST(Choose, ModelsAmongFiles) {
  const auto models = models_of(files(
      {"README.md", "config.json", "m-Q8_0.gguf", "mmproj-F16.gguf", "imatrix_unsloth.gguf", "m.imatrix.gguf",
       "Q4_K_M/m-Q4_K_M-00002-of-00002.gguf", "Q4_K_M/m-Q4_K_M-00001-of-00002.gguf",
       "BF16/m-BF16-00001-of-00003.gguf", "BF16/m-BF16-00003-of-00003.gguf", "../evil.gguf", "a/../evil.gguf",
       "/evil.gguf", "-evil.gguf", "evil\n.gguf", "ggml-large.bin", "pytorch_model.bin", ".gguf"}));
  EXPECT_THAT(names(models), ::testing::ElementsAre("Q4_K_M/m-Q4_K_M", "ggml-large", "m-Q8_0"));
  EXPECT_EQ(models[0].files[0].path, "Q4_K_M/m-Q4_K_M-00001-of-00002.gguf");
  EXPECT_EQ(models[0].bytes(), 2000U);
}

struct Choice {
  const char* what;
  std::vector<std::string> paths;
  std::string_view wanted;
  std::string_view usual;
  bool usual_first;
  std::string_view chosen;  // of the first file; empty: an error
};

TEST(Choose, WhatIsMeant) {
  const std::vector<std::string> kQuants = {"m-Q2_K.gguf", "m-Q4_K_M.gguf", "m-Q8_0.gguf"};
  const std::vector<std::string> kUnsloth = {"m-Q4_K_M.gguf", "m-UD-Q4_K_M.gguf",
                                             "UD-IQ1_M/m-UD-IQ1_M-00001-of-00002.gguf",
                                             "UD-IQ1_M/m-UD-IQ1_M-00002-of-00002.gguf"};
  const Choice kCases[] = {
      {"nothing named: Q4_K_M", kQuants, "", "", false, "m-Q4_K_M.gguf"},
      {"nothing named, before the catalogue's", kQuants, "", "m-Q8_0.gguf", false, "m-Q4_K_M.gguf"},
      {"by the catalogue's name: its file", kQuants, "", "m-Q8_0.gguf", true, "m-Q8_0.gguf"},
      {"the catalogue's file is gone", kQuants, "", "old-name.gguf", true, "m-Q4_K_M.gguf"},
      {"no Q4_K_M: the catalogue's",
       {"m-Q2_K.gguf", "m-mxfp4.gguf"},
       "",
       "m-mxfp4.gguf",
       false,
       "m-mxfp4.gguf"},
      {"the catalogue's, renamed in case",
       {"m-Q2_K.gguf", "m-MXFP4.gguf"},
       "",
       "m-mxfp4.gguf",
       true,
       "m-MXFP4.gguf"},
      {"the catalogue's, split otherwise",
       {"x.gguf", "m-MXFP4.gguf"},
       "",
       "m-mxfp4-00001-of-00003.gguf",
       true,
       "m-MXFP4.gguf"},
      {"the only one", {"m.gguf", "mmproj-m.gguf"}, "", "", false, "m.gguf"},
      {"several and no way to tell", {"m-Q2_K.gguf", "m-Q8_0.gguf"}, "", "", false, ""},
      {"two models in Q4_K_M", {"small-Q4_K_M.gguf", "large-Q4_K_M.gguf"}, "", "", false, ""},
      {"none at all", {"README.md"}, "", "", false, ""},
      {"a path", kQuants, "m-Q8_0.gguf", "", false, "m-Q8_0.gguf"},
      {"a quantisation", kQuants, "Q8_0", "", false, "m-Q8_0.gguf"},
      {"in lower case", kQuants, "q2_k", "", false, "m-Q2_K.gguf"},
      {"after a dot", {"m.Q4_K_M.gguf", "m.Q8_0.gguf"}, "", "", false, "m.Q4_K_M.gguf"},
      {"not part of another", {"m-IQ4_K_M.gguf", "m-Q8_0.gguf"}, "Q4_K_M", "", false, ""},
      {"the plain one of two", kUnsloth, "", "", false, "m-Q4_K_M.gguf"},
      {"the dynamic one by its name", kUnsloth, "UD-Q4_K_M", "", false, "m-UD-Q4_K_M.gguf"},
      {"shards by quantisation", kUnsloth, "UD-IQ1_M", "", false, "UD-IQ1_M/m-UD-IQ1_M-00001-of-00002.gguf"},
      {"shards by any of their paths", kUnsloth, "UD-IQ1_M/m-UD-IQ1_M-00002-of-00002.gguf", "", false,
       "UD-IQ1_M/m-UD-IQ1_M-00001-of-00002.gguf"},
      {"shards by name without the folder", kUnsloth, "m-UD-IQ1_M-00001-of-00002.gguf", "", false,
       "UD-IQ1_M/m-UD-IQ1_M-00001-of-00002.gguf"},
      {"what is not there", kQuants, "Q5_K_M", "", false, ""},
      {"what is not there, by path", kQuants, "other.gguf", "m-Q8_0.gguf", false, ""},
  };
  for (const Choice& one : kCases) {
    const auto model =
        choose_model("o/n", models_of(files(one.paths)), one.wanted, one.usual, one.usual_first);
    EXPECT_EQ(model.has_value(), !one.chosen.empty()) << one.what;
    if (model) {
      EXPECT_EQ(model->files.front().path, one.chosen) << one.what;
    } else {
      EXPECT_EQ(model.error().where, "hf:o/n") << one.what;
    }
  }
}

TEST(Choose, ErrorsTellHowToNameOne) {
  const auto models = models_of(files({"m-Q2_K.gguf", "d/m-Q8_0.gguf"}));
  EXPECT_THAT(choose_model("o/n", models, "", "", false).error().message,
              AllOf(HasSubstr("peregrine pull hf:o/n:d/m-Q8_0.gguf"), HasSubstr("hf:o/n:m-Q2_K.gguf")));
  EXPECT_THAT(choose_model("o/n", models, "Q5_0", "", false).error().message,
              HasSubstr("there is no 'Q5_0'"));
  std::vector<std::string> many;
  for (int i = 0; i < 500; ++i) many.push_back("m" + std::to_string(i) + ".gguf");
  const auto error = choose_model("o/n", models_of(files(many)), "", "", false).error();
  EXPECT_THAT(error.message, AllOf(HasSubstr("and 440 more"), Not(HasSubstr("m99.gguf"))));
}

}  // namespace
}  // namespace peregrine::service
