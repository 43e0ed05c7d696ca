// The command line: which commands there are, their options and their help.
#pragma once

namespace peregrine::app {

// Parses, runs the command and returns the exit status: 0, 1 for a failed command, 2 for a wrong command
// line.
int run_command_line(int argc, char** argv);

}  // namespace peregrine::app
