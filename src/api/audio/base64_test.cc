#include "api/audio/base64.h"

#include <gtest/gtest.h>

#include <string>

namespace peregrine::api {
namespace {

TEST(DecodeBase64, EveryLengthAndAlphabet) {
  // RFC 4648, section 10.
  EXPECT_EQ(decode_base64(""), "");
  EXPECT_EQ(decode_base64("Zg=="), "f");
  EXPECT_EQ(decode_base64("Zm8="), "fo");
  EXPECT_EQ(decode_base64("Zm9v"), "foo");
  EXPECT_EQ(decode_base64("Zm9vYg=="), "foob");
  EXPECT_EQ(decode_base64("Zm9vYg"), "foob");
  EXPECT_EQ(decode_base64("Zm9v\r\nYmE="), "fooba");
  EXPECT_EQ(decode_base64("+/+/"), "\xFB\xFF\xBF");
  EXPECT_EQ(decode_base64("-_-_"), "\xFB\xFF\xBF");
  EXPECT_EQ(decode_base64("AAAA"), std::string(3, '\0'));
}

TEST(DecodeBase64, WhatIsNone) {
  for (const char* const text : {"Z", "Zm9vY", "Zg=", "Zg===", "=", "====", "Zm9v=", "Z=g=", "Zg==Zg==",
                                 "Zm 9v", "Zm9v!", "+/-_", "Zh==", "Zm9=", "Zm\xC3\xA9v"}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
}

TEST(DecodeBase64, DataUrls) {
  EXPECT_EQ(base64_of_data_url("data:audio/wav;base64,UklG"), "UklG");
  EXPECT_EQ(base64_of_data_url("DATA:audio/mpeg;codecs=mp3;BASE64,"), "");
  EXPECT_EQ(base64_of_data_url("data:;base64,Zg=="), "Zg==");
  for (const char* const text :
       {"data:audio/wav,UklG", "data:audio/wav;base64", "UklG", "", "data:", "data:base64,x"}) {
    EXPECT_EQ(base64_of_data_url(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace peregrine::api
