// A batch's output and errors as files that clients can fetch.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/batches/answer_log.h"
#include "store/blobs/blob_store.h"
#include "store/files/file_store.h"

namespace peregrine::service {

struct ResultFile {
  std::string id;  // chosen before, so that it is made once, however often that is tried
  std::string organisation;
  std::string filename;
};

// The texts of `log` as a file. It is taken whatever its organisation has besides. Errors: the stores', kIo.
Status make_result_file(const ResultFile& file, const store::AnswerLog& log, store::FileStore& records,
                        const store::BlobStore& blobs, std::int64_t now);

}  // namespace peregrine::service
