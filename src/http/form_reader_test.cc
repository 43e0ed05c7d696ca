// Forms over real connections: fields in memory, files on disk, written by workers, gone with their owner.
#include "http/form_reader.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "http/test_support.h"

namespace peregrine::http {
namespace {

using testing::Answer;
using testing::Event;
using testing::RawClient;

std::string field(std::string_view name, std::string_view value) {
  return fmt::format("--b\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", name, value);
}
std::string file(std::string_view name, std::string_view filename, std::string_view content) {
  return fmt::format(
      "--b\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: "
      "a/b\r\n\r\n{}\r\n",
      name, filename, content);
}
std::string form(std::string_view parts) {
  return testing::post("/form", std::string(parts) + "--b--\r\n",
                       "Content-Type: multipart/form-data; boundary=b\r\n");
}

std::string read_whole(int fd) {
  std::string content;
  char buffer[4096];
  for (ssize_t got; (got = ::read(fd, buffer, sizeof buffer)) > 0;) {
    content.append(buffer, static_cast<std::size_t>(got));
  }
  return content;
}

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kResourceExhausted:
      return "too large";
    case ErrorCode::kIo:
      return "io";
    default:
      return "other";
  }
}

// The form as text, the files read back from their descriptors; or the error.
struct Describer {
  FormOptions options;
  Task<void> operator()(Exchange& exchange) {
    Result<Form> read = co_await read_form(exchange, options);
    if (!read && read.error().code == ErrorCode::kCancelled) co_return;
    std::string out;
    if (!read) {
      out = std::string(name_of(read.error().code)) + "|" + read.error().text();
    } else {
      for (const FormField& one : read->fields) out += one.name + "=" + one.value + "\n";
      for (const UploadedFile& one : read->files) {
        out += fmt::format("{}:{}:{}:{}:", one.field, one.filename, one.content_type, one.size);
        out += one.size < 1000 ? read_whole(one.file.get()) + "\n" : "\n";
      }
    }
    Response response = testing::text(std::move(out), read ? 200 : 400);
    co_await exchange.respond(std::move(response));
  }
};

class Forms : public ::testing::Test {
 protected:
  Forms() : folder_(std::filesystem::path(::testing::TempDir()) / fmt::format("forms-{}", ::getpid())) {
    std::filesystem::create_directories(folder_);
    describer_.options.spool_folder = folder_;
  }
  ~Forms() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Server> serve(Options options = testing::test_options()) {
    Router router;
    RouteOptions route;
    route.stream_body = true;
    route.max_body_bytes = 1u << 30;
    router.add(
        "POST", "/form", [this](Exchange& exchange) -> Task<void> { co_await describer_(exchange); }, route);
    router.add("GET", "/hello", testing::hello);
    return testing::serve(std::move(router), std::move(options));
  }

  std::filesystem::path folder_;
  Describer describer_;
};

// Descriptors of this process that lead into `folder`.
std::size_t open_files(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const auto target = std::filesystem::read_symlink(entry.path(), gone).string();
    if (!gone && target.starts_with(std::filesystem::canonical(folder).string())) ++count;
  }
  return count;
}

TEST_F(Forms, GiveFieldsAndFiles) {
  describer_.options.max_files = 2;
  const auto server = serve();
  RawClient client(server->port());
  const std::string parts = field("model", "whisper-1") + file("file", "a.wav", "RIFF\r\n--") +
                            field("t[]", "word") + file("other", "", "") + field("t[]", "segment\xC3\xBC");
  const std::string_view expected =
      "model=whisper-1\nt[]=word\nt[]=segment\xC3\xBC\nfile:a.wav:a/b:8:RIFF\r\n--\nother::a/b:0:\n";
  EXPECT_EQ(client.ask(form(parts)).body, expected);
  for (const char byte : form(parts)) client.send(std::string_view(&byte, 1));
  EXPECT_EQ(client.receive().body, expected);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(Forms, AreRefusedWithAWordForTheClient) {
  describer_.options.max_file_bytes = 10;
  describer_.options.max_field_bytes = 40;
  describer_.options.parts.max_parts = 6;
  struct Row {
    std::string parts;
    std::string_view answer;
  };
  const Row rows[] = {
      {file("file", "a", "0123456789"), "file:a:a/b:10:0123456789\n"},
      {file("file", "a", "0123456789+"), "too large|file: The file is larger than 10 bytes."},
      {file("file", "a", "") + file("file", "b", ""), "invalid|file: The form has more than 1 file(s)."},
      {field("n", std::string(39, 'x')), "n=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"},
      {field("n", std::string(40, 'x')),
       "too large|n: The text fields of the form are larger than 40 bytes together."},
      {field("n", std::string(30, 'x')) + field("m", std::string(30, 'x')),
       "too large|m: The text fields of the form are larger than 40 bytes together."},
      {field("n", "\xff"), "invalid|n: The field is not valid UTF-8."},
      {"--b\r\n\r\n", "invalid|A part has no Content-Disposition."},
      {field("a", "") + field("a", "") + field("a", "") + field("a", "") + field("a", "") + field("a", "") +
           field("a", ""),
       "invalid|The form has more than 6 parts."},
  };
  const auto server = serve();
  for (const Row& row : rows) EXPECT_EQ(RawClient(server->port()).ask(form(row.parts)).body, row.answer);
  EXPECT_EQ(
      RawClient(server->port()).ask(testing::post("/form", "{}", "Content-Type: application/json\r\n")).body,
      "unsupported|The Content-Type must be multipart/form-data.");
  EXPECT_EQ(RawClient(server->port())
                .ask(testing::post("/form", "--b\r\n", "Content-Type: multipart/form-data; boundary=b\r\n"))
                .body,
            "invalid|The form ends before its last boundary.");
  EXPECT_EQ(open_files(folder_), 0u);
}

TEST_F(Forms, SayWhenTheFolderIsAmiss) {
  describer_.options.spool_folder = folder_ / "missing";
  const auto server = serve();
  const Answer answer = RawClient(server->port()).ask(form(field("a", "1") + file("file", "a", "x")));
  EXPECT_EQ(answer.body, "io|cannot make a temporary file: No such file or directory");
}

TEST_F(Forms, ChargeTheirFieldsToTheBudgetOfBodies) {
  Options options = testing::test_options();
  options.limits.max_buffered_body_bytes = 1000;
  const auto server = serve(options);
  RawClient client(server->port());
  EXPECT_EQ(client.ask(form(file("file", "a", std::string(100'000, 'x')))).body, "file:a:a/b:100000:\n");
  EXPECT_EQ(client.ask(form(field("n", std::string(900, 'x')))).status, 200u);
  EXPECT_EQ(client.ask(form(field("n", std::string(900, 'x')))).status, 200u);
  const Answer refused = client.ask(form(field("n", std::string(1000, 'x'))));
  EXPECT_EQ(refused.status, 503u);
  EXPECT_TRUE(refused.body.starts_with("rendered: ")) << refused.body;
  EXPECT_EQ(refused.headers.get("connection"), "close");
}

TEST_F(Forms, LeaveNothingWhenThePeerLeaves) {
  const auto server = serve();
  {
    RawClient client(server->port());
    client.send(
        "POST /form HTTP/1.1\r\nHost: t\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        "Content-Length: 100000000\r\n\r\n" +
        file("file", "a", std::string(200'000, 'x')));
    client.reset();
  }
  EXPECT_TRUE(server->drain(testing::kPatience));
  EXPECT_EQ(open_files(folder_), 0u);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

// The only worker is busy: no file can be made or written, and the only io thread goes on serving others.
TEST_F(Forms, DoNotMakeAnIoThreadWaitForTheDisk) {
  Event holding;
  Event release;
  Event reading;
  Event done;
  Router router;
  router.add("GET", "/hello", testing::hello);
  router.add("GET", "/hold", [&](Exchange& exchange) -> Task<void> {
    co_await exchange.offload([&] {
      holding.set();
      release.wait();
    });
    co_await testing::hello(exchange);
  });
  RouteOptions route;
  route.stream_body = true;
  router.add(
      "POST", "/form",
      [&](Exchange& exchange) -> Task<void> {
        reading.set();
        const Result<Form> read = co_await read_form(exchange, describer_.options);
        EXPECT_TRUE(read.has_value());
        done.set();
        co_await testing::hello(exchange);
      },
      route);
  Options options = testing::test_options();
  options.io_threads = 1;
  options.worker_threads = 1;
  const auto server = testing::serve(std::move(router), options);
  RawClient holder(server->port());
  holder.send(testing::get("/hold"));
  ASSERT_TRUE(holding.wait());
  RawClient uploader(server->port());
  uploader.send(form(file("file", "a", "content")));
  ASSERT_TRUE(reading.wait());
  RawClient other(server->port());
  EXPECT_EQ(other.ask(testing::get("/hello")).body, "hello");
  EXPECT_FALSE(done.is_set());
  release.set();
  EXPECT_EQ(uploader.receive().body, "hello");
  EXPECT_TRUE(done.is_set());
  EXPECT_EQ(holder.receive().body, "hello");
}

TEST_F(Forms, KeepLargeFilesOutOfMemory) {
  constexpr std::size_t kBlocks = 100;
  describer_.options.max_file_bytes = kBlocks << 20;
  const auto server = serve();
  const std::string block(1 << 20, 'x');
  const std::string start = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
  const std::string end = "\r\n--b--\r\n";
  const auto resident = [] {
    std::size_t total = 0;
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> total >> pages;
    return pages * 4096;
  };
  RawClient client(server->port());
  const std::size_t before = resident();
  std::size_t most = before;
  std::thread sender([&] {
    client.send(
        fmt::format("POST /form HTTP/1.1\r\nHost: t\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    "Content-Length: {}\r\n\r\n{}",
                    start.size() + (kBlocks << 20) + end.size(), start));
    for (std::size_t i = 0; i < kBlocks; ++i) {
      client.send(block);
      most = std::max(most, resident());
    }
    client.send(end);
  });
  const Answer answer = client.receive();
  sender.join();
  EXPECT_EQ(answer.body, fmt::format("file:f::{}:\n", kBlocks << 20));
  EXPECT_LT(most - before, 16u << 20);
}

TEST_F(Forms, KeepTheConnectionForWhatFollows) {
  const auto server = serve();
  RawClient client(server->port());
  client.send(form(file("file", "a", "x")) + testing::get("/hello") + form(field("b", "2")));
  EXPECT_EQ(client.receive().body, "file:a:a/b:1:x\n");
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_EQ(client.receive().body, "b=2\n");
}

}  // namespace
}  // namespace peregrine::http
