#include "service/chat/grammar_cache.h"

#include <utility>

namespace peregrine::service {

std::shared_ptr<const grammar::Grammar> GrammarCache::find(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->grammar;
}

void GrammarCache::add(std::string key, std::shared_ptr<const grammar::Grammar> grammar) {
  const std::lock_guard lock(mutex_);
  if (key.size() > kMaxKeyBytes || by_key_.contains(key)) return;
  key_bytes_ += key.size();
  entries_.push_front({std::move(key), std::move(grammar)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  while (entries_.size() > kMaxGrammars || key_bytes_ > kMaxKeyBytes) {
    key_bytes_ -= entries_.back().key.size();
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace peregrine::service
