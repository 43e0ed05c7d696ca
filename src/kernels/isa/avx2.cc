#include "kernels/isa/isa.h"

#if defined(__x86_64__)

// The vectors come first: the other headers are written over them.
#include "kernels/simd/avx2.h"

#include "kernels/matmul/quads_avx2.h"

#include "kernels/isa/table_impl.h"

namespace peregrine::kernels {
constinit const KernelTable kAvx2Table = avx2::make_table("avx2");
}  // namespace peregrine::kernels

#endif
