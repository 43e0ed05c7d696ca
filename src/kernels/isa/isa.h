// The tables that this build holds, one per instruction set; table.cc decides which of them the machine runs.
#pragma once

#include "kernels/table.h"

namespace peregrine::kernels {

extern const KernelTable kScalarTable;
#if defined(__x86_64__)
extern const KernelTable kAvx2Table;    // AVX2, FMA, F16C
extern const KernelTable kAvx512Table;  // AVX-512 F, BW, VL, DQ, VNNI
#endif

}  // namespace peregrine::kernels
