#include "config/command.hpp"

#include "config/each_text.hpp"
#include "config/words.hpp"

namespace crier::config {
namespace {

/// What somebody writes who expects a shell.
constexpr std::string_view shell_marks = " |;&<>";

void check_program(Scope& scope, const std::vector<std::string>& command, Ref at, const Path& path,
                   const MissingProgram& missing) {
    const std::string& program = command.front();
    std::string message;
    std::string hint{missing.hint};
    if (!file_exists(scope.context, program)) {
        message = "there is no program " + program;
        if (command.size() == 1 && program.find_first_of(shell_marks) != std::string::npos)
            hint = "there is no shell: each argument is an item of the list. Where you want one: "
                   "[/bin/sh, -c, \"...\"]";
    } else if (!executable(scope.context, program)) {
        message = program + " is not executable";
        hint = "chmod +x it; a script begins with #!";
    } else {
        return;
    }
    if (missing.warning)
        scope.problems().warning(path, at, std::move(message), std::move(hint));
    else
        scope.problems().error(path, at, std::move(message), std::move(hint));
}

} // namespace

std::vector<std::string> read_command(Scope& scope, const GivenNode& given, const Path& path,
                                      const MissingProgram& missing) {
    std::vector<std::string> command;
    if (!given || !given.value)
        return command;
    each_text(given.value, path, [&](Ref word, const Path&) { command.emplace_back(word.text()); });
    std::string& program = command.front();
    if (program.find('/') == std::string::npos) {
        scope.problems().error(
            path, given.at, quoted(program) + " is no path of a program",
            "in full, and its arguments after it: command: [/usr/local/bin/notify, --now]");
        return command;
    }
    program = scope.files.absolute(given.at, program);
    check_program(scope, command, given.at, path, missing);
    return command;
}

} // namespace crier::config
