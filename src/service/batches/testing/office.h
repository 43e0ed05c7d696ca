// A batch office over real files and a scripted way to answer lines, whose clock is the test's. For tests
// only.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "engine/testing/outcome.h"
#include "service/batches/batches.h"
#include "service/batches/runner.h"
#include "store/batches/testing/memory_batch_store.h"
#include "store/files/testing/memory_file_store.h"
#include "store/testing/folder.h"

namespace peregrine::service::testing {

using engine::testing::kPatience;

// Lines are "ID BODY"; a body "!" makes a line that cannot be asked, one that has no space is no line.
// Answers are "ID=BODY". By default they come at once; held ones when the test says so.
class ScriptedWork final : public BatchWork {
 public:
  tl::expected<BatchLine, store::BatchFault> read(std::string_view text) const override {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos)
      return tl::unexpected(store::BatchFault{"invalid_line", "no space", "", 0});
    BatchLine line;
    line.custom_id = text.substr(0, space);
    line.body = text.substr(space + 1);
    if (line.body == "!") line.fault = store::BatchFault{"invalid_method", "not so", "method", 0};
    return line;
  }
  std::shared_ptr<void> start(BatchLine line, std::shared_ptr<const ApiKey> key, Done done) override {
    const std::lock_guard lock(mutex_);
    ++started_[line.custom_id];
    key_ = std::move(key);
    most_ = std::max(most_, ++running_);
    changed_.notify_all();
    auto finish = [this, id = line.custom_id, body = line.body, done = std::move(done)] {
      LineOutcome outcome;
      outcome.text = id + "=" + body;
      outcome.kind = LineOutcome::Kind::kSucceeded;
      if (body == "bad") outcome.kind = LineOutcome::Kind::kFailed;
      if (body.starts_with("busy") && busy_.fetch_sub(1) > 0) outcome.kind = LineOutcome::Kind::kBusy;
      --running_;
      done(std::move(outcome));
    };
    if (hold_) {
      held_.push_back(std::move(finish));
    } else {
      finish();
    }
    return std::make_shared<bool>();
  }
  std::string refuse(std::string_view custom_id, std::string_view code, std::string_view) const override {
    return std::string(custom_id) + "=" + std::string(code);
  }

  void hold() {
    const std::lock_guard lock(mutex_);
    hold_ = true;
  }
  // So many of those that are held, or all; those that come later are not.
  void release(std::size_t count = SIZE_MAX) {
    std::vector<std::function<void()>> now;
    {
      const std::lock_guard lock(mutex_);
      if (count == SIZE_MAX) hold_ = false;
      const std::size_t n = std::min(count, held_.size());
      now.assign(std::make_move_iterator(held_.begin()),
                 std::make_move_iterator(held_.begin() + static_cast<std::ptrdiff_t>(n)));
      held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(n));
    }
    for (const auto& finish : now) finish();
  }
  void forget_held() {
    const std::lock_guard lock(mutex_);
    running_ = 0;
    held_.clear();
  }
  bool wait_started(std::size_t lines) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return started_.size() >= lines; });
  }
  std::map<std::string, int> started() const {
    const std::lock_guard lock(mutex_);
    return started_;
  }
  std::shared_ptr<const ApiKey> key() const {
    const std::lock_guard lock(mutex_);
    return key_;
  }
  int most_at_once() const {
    const std::lock_guard lock(mutex_);
    return most_;
  }
  std::atomic<int> busy_ = 0;  // so many answers of "busy" lines are that

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, int> started_;
  std::vector<std::function<void()>> held_;
  std::shared_ptr<const ApiKey> key_;
  std::atomic<int> running_ = 0;
  int most_ = 0;
  bool hold_ = false;
};

class Office : public ::testing::Test {
 protected:
  Office() {
    std::filesystem::create_directories(folder_.path());
    blobs_.emplace(store::BlobStore::open(folder_.path() / "blobs").value());
    inputs_.emplace(store::BlobStore::open(folder_.path() / "batches").value());
    files_.emplace(file_records_, *blobs_, FileLimits{});
    batches_.emplace(records_, *inputs_, *files_, [this] { return now_.load(); });
    options_.sync_interval = std::chrono::milliseconds(1);
    options_.first_retry = std::chrono::milliseconds(1);
    options_.longest_retry = std::chrono::milliseconds(2);
    options_.pause_after_failure = std::chrono::seconds(0);
  }
  ~Office() override { close(); }

  void open() {
    runner_ = std::make_unique<BatchRunner>(BatchSurroundings{.records = records_,
                                                              .inputs = *inputs_,
                                                              .file_records = file_records_,
                                                              .blobs = *blobs_,
                                                              .work = work_,
                                                              .clock = [this] { return now_.load(); },
                                                              .stopping = {}},
                                            options_);
    batches_->on_change([this] { runner_->nudge(); });
    runner_->clean_up();
    runner_->start();
  }
  void close() {
    batches_->on_change({});
    runner_.reset();
  }
  // Leaves lines unanswered, as a process that dies does; those that are asked again are answered.
  void die() {
    close();
    work_.forget_held();
    work_.release();
  }

  // The file is put past Files, which wants JSON.
  std::string input(const std::string& lines) {
    store::StoredFile record;
    record.id = base::type_id("file");
    record.organisation = "acme";
    record.created_at = wall_clock();
    record.purpose = kBatchPurpose;
    record.filename = "a.jsonl";
    record.bytes = lines.size();
    record.sha256 = std::string(64, 'a');
    const std::filesystem::path path = folder_.path() / "input";
    const base::FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    EXPECT_EQ(::write(file.get(), lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
    EXPECT_TRUE(blobs_->put(record.id, file.get()).has_value());
    std::filesystem::remove(path);
    EXPECT_TRUE(file_records_.add(record, 1ULL << 60).value());
    return record.id;
  }
  BatchOrder order(const std::string& lines) {
    auto key = std::make_shared<ApiKey>();
    key->id = "key_1";
    key->organisation = "acme";
    return {std::move(key), input(lines), "/v1/chat/completions", "24h", ""};
  }
  // A batch of which `running` lines are being answered, and no more will be until the test says so.
  std::string create_held(const std::string& lines, std::uint32_t running) {
    options_.max_running_lines = running;
    work_.hold();
    open();
    std::string id = create(lines);
    EXPECT_TRUE(work_.wait_started(running));
    return id;
  }
  std::string create(const std::string& lines) {
    const auto batch = batches_->create(order(lines));
    EXPECT_TRUE(batch.has_value()) << batch.error().text();
    return batch->id;
  }
  store::StoredBatch show(const std::string& id) const { return batches_->find(id, "acme").value().value(); }
  store::StoredBatch wait_for(const std::string& id,
                              const std::function<bool(const store::StoredBatch&)>& condition) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      const store::StoredBatch batch = show(id);
      if (condition(batch) || std::chrono::steady_clock::now() > end) return batch;
      std::this_thread::yield();
    }
  }
  store::StoredBatch wait_completed(const std::string& id, std::uint32_t lines) {
    return wait_for(id, [lines](const store::StoredBatch& one) { return one.counts.completed == lines; });
  }
  store::StoredBatch wait_end(const std::string& id) {
    return wait_for(id, [](const store::StoredBatch& batch) { return store::has_ended(batch.status); });
  }
  // The lines of a file, in order; none where there is no such file.
  std::vector<std::string> lines_of(const std::string& file_id) {
    if (file_id.empty()) return {};
    const auto blob = files_->open(file_id, "acme").value();
    if (!blob) {
      ADD_FAILURE() << file_id << " is not there";
      return {};
    }
    std::string text(blob->bytes, '\0');
    EXPECT_EQ(::pread(blob->file.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }
  std::vector<std::string> folder() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(inputs_->folder())) {
      names.push_back(entry.path().filename());
    }
    return names;
  }
  static std::int64_t wall_clock() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  store::testing::Folder folder_;
  store::testing::MemoryBatchStore records_;
  store::testing::MemoryFileStore file_records_;
  std::optional<store::BlobStore> blobs_;
  std::optional<store::BlobStore> inputs_;
  std::optional<Files> files_;
  std::optional<Batches> batches_;
  ScriptedWork work_;
  BatchRunnerOptions options_;
  std::atomic<std::int64_t> now_ = wall_clock();
  std::unique_ptr<BatchRunner> runner_;
};

}  // namespace peregrine::service::testing
