// Grammars of one model that requests asked for lately: an agent sends the same tools with every turn.
// Thread-safe.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "grammar/grammar.h"

namespace peregrine::service {

class GrammarCache {
 public:
  static constexpr std::size_t kMaxGrammars = 64;
  static constexpr std::size_t kMaxKeyBytes = std::size_t{16} << 20;  // of all keys together

  // Null if there is none.
  std::shared_ptr<const grammar::Grammar> find(std::string_view key);
  // The least recently found ones give way.
  void add(std::string key, std::shared_ptr<const grammar::Grammar> grammar);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const grammar::Grammar> grammar;
  };

  std::mutex mutex_;
  std::list<Entry> entries_;                                                 // most recently found first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;  // views of the entries' keys
  std::size_t key_bytes_ = 0;
};

}  // namespace peregrine::service
