// Whether batches that have not ended have what they need to go on, and what lies in their folder besides.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "service/verification/verification.h"
#include "store/batches/batch_store.h"
#include "store/blobs/blob_store.h"

namespace peregrine::service {

// `inputs` is the folder of inputs and logs. A batch has its input, and logs with as many answers as its
// record counts; a log may be missing as long as none is. Bytes are those of inputs. Reads every log. Errors:
// those of the stores.
Result<Verification> verify_batches(store::BatchStore& records, const store::BlobStore& inputs,
                                    std::int64_t now);

}  // namespace peregrine::service
