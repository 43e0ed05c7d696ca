#include "engine/run/loop.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/sample/logprobs.h"
#include "engine/sample/row_passes.h"

namespace peregrine::engine {
namespace {

// A step without the foreground is short, so that whoever comes meanwhile need not wait long for its end.
constexpr std::uint32_t kBackgroundStepRows = 64;

// Who stands still for whom: what is in one band moves while nothing in those before it can.
enum class Band : std::uint8_t { kForeground, kFlex, kBatch, kNone };

Band band_of(Priority priority) {
  switch (priority) {
    case Priority::kHigh:
    case Priority::kNormal:
      return Band::kForeground;
    case Priority::kFlex:
      return Band::kFlex;
    case Priority::kBatch:
      return Band::kBatch;
  }
  return Band::kNone;
}

// The first band in which somebody has something to compute. The list stands by priority.
Band first_moving(const std::vector<std::unique_ptr<Sequence>>& list) {
  const auto moves = [](const auto& sequence) { return !sequence->outbox.holding(); };
  const auto first = std::ranges::find_if(list, moves);
  return first == list.end() ? Band::kNone : band_of((*first)->priority);
}

double seconds(Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

void insert_in_order(std::vector<std::unique_ptr<Sequence>>& list, std::unique_ptr<Sequence> sequence) {
  const auto place =
      std::ranges::upper_bound(list, sequence, [](const auto& a, const auto& b) { return a->precedes(*b); });
  list.insert(place, std::move(sequence));
}

}  // namespace

Loop::Loop(const SchedulerLimits& limits, const LoopOptions& options, BlockPool& pool, Executor& executor,
           Mailbox& mailbox, EngineMetrics& metrics)
    : pool_(pool),
      executor_(executor),
      mailbox_(mailbox),
      metrics_(metrics),
      scheduler_(limits),
      cost_(options.decode_seconds),
      masks_(executor.n_vocab(), executor.max_outputs()),
      speculation_(options.speculation),
      draft_model_(options.draft) {
  publish_snapshot();
}

void Loop::run() {
  Mailbox::Mail mail;
  for (bool idle = true;;) {
    mailbox_.take(idle, mail);
    accept(mail.arrived);
    if (mail.stopping) break;
    if (mail.attention) attend();
    idle = !step();
  }
  cancel_all();
}

void Loop::accept(std::vector<Owner>& arrived) {
  for (Owner& sequence : arrived) insert_in_order(waiting_, std::move(sequence));
}

void Loop::attend() {
  for (std::vector<Owner>* list : {&waiting_, &running_}) {
    for (const Owner& sequence : *list) {
      if (sequence->outbox.cancelled()) {
        retire(*sequence, FinishReason::kCancelled);
      } else {
        sequence->outbox.retry();
      }
    }
    std::erase_if(*list, [](const Owner& sequence) { return sequence->ended; });
  }
  for (Ending& ending : draining_) {
    ending.outbox.retry();
    if (ending.outbox.cancelled()) ending.finished.reason = FinishReason::kCancelled;
    endings_.push_back(std::move(ending));
  }
  draining_.clear();
  tell_endings();
}

void Loop::cancel_all() {
  for (std::vector<Owner>* list : {&waiting_, &running_}) {
    for (const Owner& sequence : *list) retire(*sequence, FinishReason::kCancelled);
    list->clear();
  }
  for (Ending& ending : draining_) {
    ending.finished.reason = FinishReason::kCancelled;
    endings_.push_back(std::move(ending));
  }
  draining_.clear();
  tell_endings();
}

bool Loop::step() {
  make_draft();
  plan();
  if (plan_.empty()) return false;
  const Clock::time_point start = Clock::now();
  carry_out(start);
  if (!parts_.empty()) {
    compute();
    const Clock::time_point now = Clock::now();
    step_seconds_ = seconds(now - start);
    if (draft_.empty() && parts_.size() == 1 && parts_.front().n_tokens == 1) {
      lookup_gate_.plain_step(step_seconds_);
      model_gate_.plain_step(step_seconds_);
    }
    for (const Part& part : parts_) advance(part, now);
    const double whole = seconds(Clock::now() - start);
    learn_cost(whole);
    metrics_.step_rows.Observe(executor_.rows());
    metrics_.step_seconds.Observe(whole);
  }
  std::erase_if(running_, [](const Owner& sequence) { return sequence->ended; });
  tell_endings();
  return true;
}

// A guess at what the sequence that runs alone says next. With others in the step its rows would be theirs.
void Loop::make_draft() {
  draft_.clear();
  if (!speculation_ || running_.size() != 1 || !waiting_.empty()) return;
  const Sequence& sequence = *running_.front();
  if (sequence.known() - sequence.computed != 1 || sequence.outbox.holding()) return;
  const Clock::time_point start = Clock::now();
  guess(sequence);
  guess_seconds_ = seconds(Clock::now() - start);
}

// What its own text says costs nothing, so it is asked first.
void Loop::guess(const Sequence& sequence) {
  // The last token of a completion needs no row.
  const std::uint32_t room = sequence.max_tokens - sequence.generated() - 1;
  if (guessed_ != sequence.id) {
    guesses_ = {};
    guessed_ = sequence.id;
  }
  drafter_ = &lookup_gate_;
  const std::uint32_t found = std::min(lookup_gate_.length(), room);
  if (found > 0) guesses_.guess(sequence.tokens, found, draft_);
  if (!draft_.empty() || draft_model_ == nullptr) return;
  drafter_ = &model_gate_;
  const std::uint32_t made = std::min(model_gate_.length(), room);
  if (made > 0) draft_model_->guess(sequence.tokens, made, draft_);
}

void Loop::plan() {
  const Band moving = std::min(first_moving(running_), first_moving(waiting_));
  const auto stands = [moving](const Owner& sequence) {
    return sequence->outbox.holding() || band_of(sequence->priority) > moving;
  };
  running_views_.clear();
  std::uint32_t decodes = 0;
  for (const Owner& sequence : running_) {
    // Only a sequence that is alone has a draft: to the scheduler, tokens to compute like any.
    running_views_.push_back({.known = sequence->known() + static_cast<std::uint32_t>(draft_.size()),
                              .computed = sequence->computed,
                              .blocks = sequence->table.size(),
                              .private_blocks = sequence->table.private_blocks(),
                              .paused = stands(sequence)});
    const RunningSequence& view = running_views_.back();
    if (!view.paused && view.known - view.computed == 1) ++decodes;
  }
  waiting_views_.clear();
  for (const Owner& sequence : waiting_) {
    if (sequence->group && sequence->group->leader == nullptr) sequence->group->leader = sequence.get();
    waiting_views_.push_back({.known = sequence->known(), .held = stands(sequence) || sequence->follows()});
  }
  scheduler_.plan(
      {.running = running_views_,
       .waiting = waiting_views_,
       .available_blocks = pool_.available(),
       .step_rows = moving == Band::kForeground ? kUnboundedRows : std::max(kBackgroundStepRows, decodes),
       .prefill_rows = cost_.prefill_rows(decodes)},
      [this](std::uint32_t i) {
        return BlockTable::probe(pool_, waiting_[i]->tokens, waiting_[i]->adapter_id());
      },
      plan_);
}

// A step with a draft is neither what decodes cost nor what prompts do.
void Loop::learn_cost(double duration) {
  if (draft_.empty()) cost_.observe(plan_.decodes, executor_.rows() - plan_.decodes, duration);
}

void Loop::carry_out(Clock::time_point now) {
  parts_.clear();
  for (const PlannedChunk& chunk : plan_.chunks) {
    parts_.push_back({running_[chunk.sequence].get(), chunk.n_tokens, chunk.new_blocks});
  }
  for (const std::uint32_t victim : plan_.preempted) {
    Owner& sequence = preempted_.emplace_back(std::move(running_[victim]));
    sequence->table.clear();
    sequence->computed = 0;
    metrics_.preemptions.Increment();
  }
  for (const PlannedAdmission& admission : plan_.admitted) {
    Owner& sequence = admitted_.emplace_back(std::move(waiting_[admission.sequence]));
    [[maybe_unused]] const std::uint32_t adopted =
        sequence->table.adopt(sequence->tokens, admission.prefix_blocks);
    assert(adopted == admission.prefix_blocks);
    sequence->computed = admission.prefix_blocks * pool_.block_tokens();
    if (!sequence->first_step) begin(*sequence, now);
    parts_.push_back({sequence.get(), admission.n_tokens, admission.new_blocks});
  }
  std::erase(running_, nullptr);
  std::erase(waiting_, nullptr);
  for (Owner& sequence : preempted_) insert_in_order(waiting_, std::move(sequence));
  for (Owner& sequence : admitted_) insert_in_order(running_, std::move(sequence));
  preempted_.clear();
  admitted_.clear();
}

// A sequence's first admission.
void Loop::begin(Sequence& sequence, Clock::time_point now) {
  sequence.first_step = now;
  sequence.cached_tokens = sequence.computed;
  sequence.tokens.reserve(std::size_t{sequence.prompt_tokens} + sequence.max_tokens);
  mailbox_.left_queue(1);
  metrics_.queue_seconds.Observe(seconds(now - sequence.submitted));
  metrics_.prompt_tokens.Increment(sequence.prompt_tokens);
  if (!pool_.keeps_prefixes()) return;
  metrics_.prefix_lookups.Increment();
  if (sequence.cached_tokens > 0) metrics_.prefix_hits.Increment();
  metrics_.prefix_hit_tokens.Increment(sequence.cached_tokens);
}

// Rows of one adapter next to each other: the model reads it once for all of them.
void Loop::group_by_adapter() {
  if (std::ranges::none_of(parts_, [](const Part& part) { return part.sequence->adapter != nullptr; }))
    return;
  const auto adapter_of = [](const Part& part) { return part.sequence->adapter_id(); };
  // Each behind those before it that have its adapter: stable, without the memory that stable_sort() asks
  // for.
  for (auto part = parts_.begin(); part != parts_.end(); ++part) {
    const auto place = std::ranges::upper_bound(parts_.begin(), part, adapter_of(*part), {}, adapter_of);
    std::rotate(place, part, part + 1);
  }
}

void Loop::compute() {
  group_by_adapter();
  for (Part& part : parts_) {
    Sequence& sequence = *part.sequence;
    const model::Adapter* const adapter = sequence.adapter.get();
    [[maybe_unused]] const bool extended = sequence.table.extend(part.new_blocks);
    assert(extended);
    if (sequence.computed + part.n_tokens > sequence.known()) {
      part.drafted = part.n_tokens - 1;
      draft_rows_.assign({sequence.tokens.back()});
      draft_rows_.insert(draft_rows_.end(), draft_.begin(), draft_.begin() + part.drafted);
      part.output = executor_.add(draft_rows_, sequence.computed, sequence.table, part.n_tokens, adapter);
      continue;
    }
    const auto tokens = std::span(sequence.tokens).subspan(sequence.computed, part.n_tokens);
    const bool wants_logits = sequence.computed + part.n_tokens == sequence.known();
    const std::uint32_t place =
        executor_.add(tokens, sequence.computed, sequence.table, wants_logits ? 1 : 0, adapter);
    if (wants_logits) part.output = place;
  }
  masks_.clear();
  for (const Part& part : parts_) {
    if (!part.output || !part.sequence->constraint) continue;
    masks_.add(*part.sequence->constraint, *part.output, std::span(draft_).first(part.drafted));
  }
  masks_.start();
  publish_snapshot();  // a step may take long
  executor_.run();
  masks_.finish();
}

void Loop::advance(const Part& part, Clock::time_point now) {
  Sequence& sequence = *part.sequence;
  if (sequence.computed < sequence.prompt_tokens) {
    read_tokens_ += std::min(part.n_tokens, sequence.prompt_tokens - sequence.computed);
  }
  // Rows of a draft count when its tokens have turned out right.
  sequence.computed += part.n_tokens - part.drafted;
  if (part.drafted == 0) publish(sequence);
  if (sequence.group && sequence.computed >= sequence.prompt_tokens) sequence.group->prompt_ready = true;
  if (!part.output) return;
  const std::uint32_t given = take_outputs(part, now);
  if (part.drafted == 0) return;
  metrics_.drafted_tokens.Increment(part.drafted);
  metrics_.accepted_tokens.Increment(given - 1);
  drafter_->draft_step(part.drafted, given, guess_seconds_ + step_seconds_);
  if (sequence.ended) return;
  sequence.computed += given - 1;
  publish(sequence);
}

void Loop::publish(Sequence& sequence) {
  sequence.table.publish(std::span(sequence.tokens).first(sequence.computed));
  sequence.table.release_unseen(sequence.computed);
}

// Samples from the part's rows, one after the other as long as the draft says what was sampled. Returns how
// many rows were sampled from.
std::uint32_t Loop::take_outputs(const Part& part, Clock::time_point now) {
  Sequence& sequence = *part.sequence;
  for (std::uint32_t i = 0;; ++i) {
    const std::optional<TokenId> token = sample(sequence, *part.output + i);
    if (token) emit(sequence, *token, executor_.logits(*part.output + i), now);
    // What was forced after the token takes the place of the rest of the draft.
    const bool goes_on = i < part.drafted && !sequence.ended && !sequence.outbox.holding() && forced_.empty();
    if (!goes_on || *token != draft_[i]) return i + 1;
  }
}

// Nothing: the sequence has ended.
std::optional<TokenId> Loop::sample(Sequence& sequence, std::uint32_t place) {
  std::span<float> logits = executor_.logits(place);
  if (sequence.constraint) {
    const std::uint64_t* const allowed = masks_.at(place);
    if (allowed == nullptr) {
      retire(sequence, FinishReason::kConstrained);
      return std::nullopt;
    }
    scratch_.masked.resize(logits.size());
    row_passes().mask(logits.data(), logits.size(), allowed, scratch_.masked.data());
    logits = scratch_.masked;
  }
  const std::optional<TokenId> token = sequence.sampler.sample(logits, scratch_);
  if (!token) {
    retire(sequence, FinishReason::kFailed);
  } else if (sequence.constraint && !sequence.constraint->accept(*token)) {
    retire(sequence, FinishReason::kConstrained);
    return std::nullopt;
  }
  return token;
}

void Loop::emit(Sequence& sequence, TokenId token, std::span<const float> logits, Clock::time_point now) {
  if (!sequence.first_token) {
    sequence.first_token = now;
    metrics_.first_token_seconds.Observe(seconds(now - sequence.submitted));
  } else {
    metrics_.inter_token_seconds.Observe(seconds(now - sequence.last_token));
  }
  sequence.last_token = now;
  if (sequence.is_stop(token)) return retire(sequence, FinishReason::kStop);

  TokenEvent event;
  event.token = token;
  if (sequence.top_logprobs) event.logprobs = token_logprobs(logits, token, *sequence.top_logprobs);
  sequence.tokens.push_back(token);
  const auto forced = follow(sequence);
  event.forced.assign(forced.begin(), forced.end());
  sequence.outbox.send(std::move(event));
  metrics_.generated_tokens.Increment(1 + static_cast<double>(forced.size()));
  generated_tokens_ += 1 + forced.size();
  if (sequence.constraint && sequence.constraint->ended()) return retire(sequence, FinishReason::kStop);
  if (sequence.generated() == sequence.max_tokens) retire(sequence, FinishReason::kLength);
}

// Adds what the constraint leaves no choice about. The tokens are computed together in the next step.
std::span<const TokenId> Loop::follow(Sequence& sequence) {
  forced_.clear();
  if (!sequence.constraint || sequence.top_logprobs) return forced_;
  const std::uint32_t room = sequence.max_tokens - sequence.generated();
  // Over a limit nothing is forced, and the mask will say so too.
  static_cast<void>(sequence.constraint->follow(room, forced_));
  for (const TokenId token : forced_) sequence.sampler.take(token);
  sequence.tokens.insert(sequence.tokens.end(), forced_.begin(), forced_.end());
  metrics_.forced_tokens.Increment(static_cast<double>(forced_.size()));
  return forced_;
}

// Takes everything from the sequence but its place in a list, which the caller clears of ended ones.
void Loop::retire(Sequence& sequence, FinishReason reason) {
  sequence.ended = true;
  sequence.table.clear();
  if (sequence.group && sequence.group->leader == &sequence) sequence.group->leader = nullptr;
  if (!sequence.first_step) mailbox_.left_queue(1);
  metrics_.finished(reason).Increment();
  endings_.push_back({std::move(sequence.outbox), sequence.finished(reason)});
}

void Loop::tell_endings() {
  publish_snapshot();
  for (Ending& ending : endings_) {
    if (ending.outbox.holding() && ending.finished.reason != FinishReason::kCancelled) {
      draining_.push_back(std::move(ending));
    } else {
      ending.outbox.finish(ending.finished);
    }
  }
  endings_.clear();
}

void Loop::publish_snapshot() {
  mailbox_.publish({.running = static_cast<std::uint32_t>(running_.size()),
                    .queued = static_cast<std::uint32_t>(waiting_.size()),
                    .kv_blocks_total = pool_.total(),
                    .kv_blocks_used = pool_.used(),
                    .kv_blocks_cached = pool_.cached(),
                    .prompt_tokens = read_tokens_,
                    .generated_tokens = generated_tokens_});
}

}  // namespace peregrine::engine
