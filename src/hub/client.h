// Asks a hub, or any web server, what it has: sizes, digests, the files of a repository.
//
// Redirects are followed here, hop by hop, each checked (url.h); the token goes to the endpoint's origin
// only. Connections are made by these calls and by download(), and by nothing else in the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "hub/easy.h"
#include "hub/failure.h"
#include "hub/options.h"
#include "hub/progress.h"

namespace peregrine::hub {

// A file as its server describes it.
struct RemoteFile {
  std::string url;  // as asked for; redirects are followed anew for each download
  std::uint64_t size = 0;
  std::string sha256;     // 64 hexadecimal digits; empty when the server tells none
  std::string validator;  // strong ETag of the last hop; may be empty
  std::string commit;     // of the repository it belongs to; may be empty
};

struct RepositoryFile {
  std::string path;  // in the repository, with '/' between folders
  std::uint64_t size = 0;
  std::string sha256;  // empty for files that lie in git itself
};

class Client {
 public:
  // Errors: kInvalidArgument, kPermissionDenied; `where` is the setting (HF_ENDPOINT, HF_TOKEN).
  static Result<Client> create(Options options);

  const Options& options() const { return options_; }
  const Url& endpoint() const { return endpoint_; }
  // Where the hub keeps `path` of `repository` ("org/name"), on its main branch.
  std::string file_url(std::string_view repository, std::string_view path) const;

  // Size and digest of what `url` leads to, without fetching it. Errors name the URL and say what to do next.
  Result<RemoteFile> probe(const std::string& url, const ProgressSink& sink) const;

  // Every file of a repository's main branch.
  Result<std::vector<RepositoryFile>> list_repository(std::string_view repository,
                                                      const ProgressSink& sink) const;

  // A request to `url` as this client sends it: with the token where it may go.
  Easy::Request request(Url url) const;
  bool is_hub(const Url& url) const { return same_origin(url, endpoint_); }
  Failure failure_of(const Easy& easy, CURLcode code) const;
  // The hop after `easy`'s response, checked; an error ends the chain.
  Result<Url> next_hop(const Easy& easy, const Url& start) const;

 private:
  Client(Options options, Url endpoint) : options_(std::move(options)), endpoint_(std::move(endpoint)) {}

  struct Page;
  tl::expected<RemoteFile, Failure> probe_once(const Url& start, const ProgressSink& sink) const;
  tl::expected<Page, Failure> fetch_page(const Url& start, const ProgressSink& sink) const;

  Options options_;
  Url endpoint_;
};

// One page of the hub's answer to /api/models/ORG/NAME/tree/main: an array of {type, path, size, lfs: {oid,
// size}}. Appends its files. Errors: kCorrupt, kResourceExhausted over kMaxRepositoryFiles.
Status parse_listing(std::string_view json, std::vector<RepositoryFile>& files);

}  // namespace peregrine::hub
