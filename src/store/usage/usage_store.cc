#include "store/usage/usage_store.h"

namespace peregrine::store {

UsageAmounts& UsageAmounts::operator+=(const UsageAmounts& other) {
  requests += other.requests;
  errors += other.errors;
  prompt_tokens += other.prompt_tokens;
  cached_tokens += other.cached_tokens;
  completion_tokens += other.completion_tokens;
  audio_seconds += other.audio_seconds;
  return *this;
}

}  // namespace peregrine::store
