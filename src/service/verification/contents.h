// Whether uploaded files and adapters are what their records say, and what lies in their folders besides.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "service/verification/verification.h"
#include "store/adapters/adapter_store.h"
#include "store/blobs/blob_store.h"
#include "store/files/file_store.h"

namespace peregrine::service {

// They read every content. Errors: those of the stores.
Result<Verification> verify_files(store::FileStore& records, const store::BlobStore& blobs, std::int64_t now);
Result<Verification> verify_adapters(store::AdapterStore& records, const store::BlobStore& blobs,
                                     std::int64_t now);

}  // namespace peregrine::service
