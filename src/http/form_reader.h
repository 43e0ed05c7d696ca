// The form of a request whose route streams its body: text fields in memory, files on disk.
//
// Memory is bounded by max_field_bytes and charged to the server's budget of bodies; a file passes through in
// pieces of at most 64 KiB or so, written by a worker into a file that has no name, so that nothing of it
// outlives its descriptor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "http/exchange.h"
#include "http/multipart.h"
#include "http/task.h"

namespace peregrine::http {

using base::FileDescriptor;

struct FormOptions {
  // Where files are kept while they are needed; one folder for all requests, on the disk that has the room.
  std::filesystem::path spool_folder = "/var/tmp";
  std::uint64_t max_file_bytes = 100u << 20;  // each file; over it kResourceExhausted
  std::size_t max_files = 1;                  // over it kInvalidArgument
  std::size_t max_field_bytes = 256 * 1024;   // all text fields together; over it kResourceExhausted
  MultipartLimits parts;
};

struct FormField {
  std::string name;
  std::string value;  // UTF-8
};

struct UploadedFile {
  std::string field;         // the name of its part
  std::string filename;      // last component of the path that was sent; may be empty
  std::string content_type;  // as sent; "" when absent
  std::uint64_t size = 0;
  FileDescriptor file;  // a regular file without a name, read from offset 0, open for reading and writing
};

struct Form {
  std::vector<FormField> fields;  // in the order they came; names may repeat
  std::vector<UploadedFile> files;
};

// Whether the request says that its body is a form.
bool is_form(const Request& request);

// Reads the whole body. Errors, each with a sentence for the client and, where one part is at fault, its name
// in `where`: kUnsupported (no multipart/form-data), kInvalidArgument (malformed, or not as FormOptions
// allow), kResourceExhausted (too large: 413), kUnavailable (the disk is full), kIo (the spool folder is
// amiss), kCancelled (the body was refused or never came whole: return without an answer, the server gives
// it).
Task<Result<Form>> read_form(Exchange& exchange, const FormOptions& options);

}  // namespace peregrine::http
