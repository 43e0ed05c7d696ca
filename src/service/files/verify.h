// Whether uploaded files are what their records say, and what lies in their folder besides.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "service/verification/verification.h"
#include "store/blobs/blob_store.h"
#include "store/files/file_store.h"

namespace peregrine::service {

// Reads every content. Errors: those of the stores.
Result<Verification> verify_files(store::FileStore& records, const store::BlobStore& blobs, std::int64_t now);

}  // namespace peregrine::service
