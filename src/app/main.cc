#include <string_view>

#include "app/cli.h"
#include "sound/decode/decoder.h"

int main(int argc, char** argv) {
  // The process that decodes sound is this program, told so: see sound/decode/decoder.h.
  if (argc > 1 && std::string_view(argv[1]) == peregrine::sound::kDecoderArgument) {
    return peregrine::sound::run_decoder(argc, argv);
  }
  return peregrine::app::run_command_line(argc, argv);
}
