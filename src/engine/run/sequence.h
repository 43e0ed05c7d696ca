// One generation inside the engine: its tokens, its blocks, its sampler, its reader.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/kv/block_table.h"
#include "engine/run/stream.h"
#include "engine/sample/sampler.h"

namespace peregrine::engine {

using Clock = std::chrono::steady_clock;

struct Sequence;

// The samples of one prompt. One of them, the leader, computes the prompt; the others wait until they can
// take its blocks from the prefix cache. Used by the loop's thread.
struct SampleGroup {
  const Sequence* leader = nullptr;
  bool prompt_ready = false;
};

struct Sequence {
  Sequence(const GenerationRequest& request, std::uint64_t seed, BlockPool& pool,
           std::shared_ptr<Stream> stream);

  std::uint32_t known() const { return static_cast<std::uint32_t>(tokens.size()); }
  std::uint32_t generated() const { return known() - prompt_tokens; }
  bool is_stop(TokenId token) const;
  // A member of a group that has to wait for its leader.
  bool follows() const { return group && !group->prompt_ready && group->leader != this; }
  // Lacks completion_tokens, which the outbox knows.
  Finished finished(FinishReason reason) const;
  // Before another in every list, and so in every decision about who goes first.
  bool precedes(const Sequence& other) const {
    return priority != other.priority ? priority < other.priority : id < other.id;
  }

  // 0: the model as it is.
  std::uint64_t adapter_id() const;

  std::uint64_t id = 0;  // order of arrival; set by the mailbox
  const Priority priority;
  std::vector<TokenId> tokens;  // the prompt, then the completion
  const std::uint32_t prompt_tokens;
  const std::uint32_t max_tokens;
  std::vector<TokenId> stop_tokens;  // sorted
  std::optional<std::uint32_t> top_logprobs;
  std::shared_ptr<SampleGroup> group;
  const std::shared_ptr<const model::Adapter> adapter;  // null: none

  std::uint32_t computed = 0;  // leading tokens whose keys and values stand in `table`
  BlockTable table;
  Sampler sampler;
  std::unique_ptr<Constraint> constraint;  // null: none
  Outbox outbox;
  bool ended = false;  // to be removed from its list

  std::uint32_t cached_tokens = 0;  // of the prompt, at the first admission
  Clock::time_point submitted = Clock::now();
  std::optional<Clock::time_point> first_step;  // empty: never admitted
  std::optional<Clock::time_point> first_token;
  Clock::time_point last_token;
};

}  // namespace peregrine::engine
