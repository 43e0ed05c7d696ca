#include <cstdio>

#include "app/commands/commands.h"
#include "gguf/file.h"
#include "gguf/summary.h"

namespace peregrine::app {

int inspect(const InspectOptions& options) {
  const auto file = gguf::File::open(options.file);
  if (!file) return report(file.error());
  const std::string text = options.json ? gguf::render_json(*file) : gguf::render_text(*file);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

}  // namespace peregrine::app
