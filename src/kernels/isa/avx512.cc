#include "kernels/isa/isa.h"

#if defined(__x86_64__)

// The vectors come first: the other headers are written over them.
#include "kernels/simd/avx512.h"

#include "kernels/matmul/quads_avx512.h"

#include "kernels/isa/table_impl.h"

namespace peregrine::kernels {
constinit const KernelTable kAvx512Table = avx512::make_table("avx512");
}  // namespace peregrine::kernels

#endif
