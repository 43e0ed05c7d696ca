#include "kernels/isa/isa.h"

// The vectors come first: the other headers are written over them.
#include "kernels/simd/scalar.h"

#include "kernels/matmul/quads_scalar.h"

#include "kernels/isa/table_impl.h"

namespace peregrine::kernels {
constinit const KernelTable kScalarTable = scalar::make_table("scalar");
}  // namespace peregrine::kernels
