#include "backend/cpu/memory.h"

namespace peregrine::backend::cpu {

Result<Memory> Memory::allocate(base::MemoryBudget& budget, base::MemoryKind kind, std::uint64_t bytes,
                                std::string_view what) {
  Memory memory;
  PEREGRINE_ASSIGN(memory.reservation_, budget.reserve(kind, bytes, what));
  PEREGRINE_ASSIGN(memory.buffer_, base::AlignedBuffer::allocate(bytes));
  return memory;
}

}  // namespace peregrine::backend::cpu
