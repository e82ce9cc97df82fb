#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace crier::commands {

/// What stands before the command or in its place, and is neither it nor an option of the program: then that
/// is told, with what is meant by it, and this is true.
[[nodiscard]] bool wrong_before_command(const CLI::App& app, const std::vector<std::string>& arguments,
                                        std::ostream& err);

/// What is wrong with a command line, in the form of all errors: the nearest option or word where one was
/// mistyped, and whose help to read. `arguments`: without the program's name.
void tell_usage_error(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& arguments, std::ostream& err);

} // namespace crier::commands
