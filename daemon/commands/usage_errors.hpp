#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace crier::commands {

/// The first word that stands where the command does, if there is no such command: then it is told, with the
/// nearest that there is, and this is true.
[[nodiscard]] bool unknown_command(const CLI::App& app, const std::vector<std::string>& arguments,
                                   std::ostream& err);

/// What is wrong with a command line, in the form of all errors: the nearest option or word where one was
/// mistyped, and whose help to read. `arguments`: without the program's name.
void tell_usage_error(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& arguments, std::ostream& err);

} // namespace crier::commands
