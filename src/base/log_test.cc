#include "base/log.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>

#include "base/log_render.h"

namespace peregrine::base {
namespace {

constexpr std::array<LogField, 3> kFields = {
    {{"model", "a \"b\"\n"}, {"status", std::int64_t{200}}, {"duration_ms", 1.23456}}};

TEST(LogText, HasFieldsAndStaysOneLine) {
  EXPECT_EQ(render_log_text("request", "req_1", kFields),
            R"(request request_id=req_1 model="a \"b\"\x0a" status=200 duration_ms=1.235)");
  EXPECT_EQ(render_log_text("a\r\nb\x1b[2J", "", {}), R"(a\x0d\x0ab\x1b[2J)");
  EXPECT_EQ(render_log_text("", "a=b", {}), R"( request_id="a=b")");
}

TEST(LogJson, IsOneObjectWhateverIsInIt) {
  const std::chrono::system_clock::time_point time(std::chrono::milliseconds(1795432550007));
  EXPECT_EQ(render_log_json(time, LogLevel::kWarning, "re\"quest\\\t", "req_1", kFields),
            R"({"time":"2026-11-23T11:15:50.007Z","level":"warning","message":"re\"quest\\\u0009",)"
            R"("request_id":"req_1","model":"a \"b\"\u000a","status":200,"duration_ms":1.235})");
  EXPECT_EQ(render_log_json(time, LogLevel::kError, "\xff", "", {}),
            "{\"time\":\"2026-11-23T11:15:50.007Z\",\"level\":\"error\",\"message\":\"\xef\xbf\xbd\"}");
}

// What is logged, as it goes to standard error.
std::string logged(LogFormat format, void (*act)()) {
  set_log_format(format);
  ::testing::internal::CaptureStderr();
  act();
  const std::string text = ::testing::internal::GetCapturedStderr();
  set_log_format(LogFormat::kText);
  return text;
}

TEST(LogScope, NamesTheRequestOfItsThreadWhileItLives) {
  const std::string text = logged(LogFormat::kText, [] {
    log(LogLevel::kInfo, "before");
    const LogScope outer("req_outer");
    {
      const LogScope inner("req_inner");
      log(LogLevel::kInfo, "inside");
    }
    log(LogLevel::kInfo, "after");
    log_about("req_other", LogLevel::kInfo, "about {}", 1);
  });
  EXPECT_NE(text.find("info before\n"), std::string::npos) << text;
  EXPECT_NE(text.find("info inside request_id=req_inner\n"), std::string::npos) << text;
  EXPECT_NE(text.find("info after request_id=req_outer\n"), std::string::npos) << text;
  EXPECT_NE(text.find("info about 1 request_id=req_other\n"), std::string::npos) << text;
}

TEST(Log, LevelsAndFormats) {
  set_log_level(LogLevel::kWarning);
  const std::string text = logged(LogFormat::kJson, [] {
    log(LogLevel::kInfo, "hidden");
    log(LogLevel::kError, "shown");
  });
  set_log_level(LogLevel::kInfo);
  EXPECT_EQ(text.find("hidden"), std::string::npos);
  EXPECT_TRUE(text.starts_with("{\"time\":\"")) << text;
  EXPECT_TRUE(text.ends_with("\"level\":\"error\",\"message\":\"shown\"}\n")) << text;
}

}  // namespace
}  // namespace peregrine::base
