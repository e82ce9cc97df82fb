#include "manual/completions.hpp"
#include "manual/shell_words.hpp"
#include "manual/values.hpp"

#include <string_view>

namespace crier::manual {
namespace {

using commands::DescribedCommand;
using commands::DescribedOption;

constexpr std::string_view fish_head =
    R"shell(# fish completion for crier. Made from its command line when it was built.

# Where the cursor is: the command (nothing: before it), and how many of its operands stand before.
function __crier_place
    set -l place ''
    set -l operands 0
    set -l skip 0
    set -l tokens (commandline -opc)
    for token in $tokens[2..-1]
        if test $skip -eq 1
            set skip 0
        else if string match -q -- '-*' $token
            contains -- "$place:$token" $__crier_valued; and set skip 1
        else if test -z "$place"
            set place $token
        else
            set operands (math $operands + 1)
        end
    end
    echo $place
    echo $operands
end

# The cursor is in this command; and at this operand of it, or, with -, at that one or a later one.
function __crier_at
    set -l place (__crier_place)
    test "$place[1]" = "$argv[1]"; or return 1
    switch "$argv[2]"
        case ''
            return 0
        case '-*'
            test "$place[2]" -ge (string sub -s 2 -- $argv[2])
        case '*'
            test "$place[2]" -eq $argv[2]
    end
end

# The names that the configuration has for accounts, sources, entries; nothing when there is no good one.
function __crier_names
    set -l config
    set -l tokens (commandline -opc)
    if set -l at (contains -i -- --config $tokens)
        set config --config (string replace -r '^~' $HOME -- $tokens[(math $at + 1)])
    end
    timeout 2 $tokens[1] names $argv $config 2>/dev/null
end

complete -c crier -f
)shell";

/// In single quotes, in which fish knows \' and \\.
std::string fish_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "'";
}

std::string argument_text(const Values& values) {
    switch (values.kind) {
    case Values::Kind::file:
        return " -F";
    case Values::Kind::folder:
        return " -a '(__fish_complete_directories (commandline -ct))'";
    case Values::Kind::words:
        return " -a " + fish_quoted(joined(values.known));
    case Values::Kind::names:
        return " -a '(__crier_names " + joined(values.known) + ")'";
    case Values::Kind::names_or_file:
        return " -F -a '(__crier_names " + joined(values.known) + ")'";
    case Values::Kind::free:
        break;
    }
    return "";
}

std::string option_line(const DescribedCommand& command, const DescribedOption& option) {
    std::string text = "complete -c crier -n '__crier_at " +
                       (command.name.empty() ? std::string{"\"\""} : command.name) + "'";
    for (const std::string& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (option.takes_value) {
        // -x: nothing but what is said here; -r with -F: files, too.
        const std::string argument = argument_text(values_of(command.name, option));
        text += (argument.starts_with(" -F") ? " -r" : " -x") + argument;
    }
    return text + " -d " + fish_quoted(short_description(option.description)) + "\n";
}

std::string operand_line(const DescribedCommand& command, std::size_t at) {
    const DescribedOption& operand = command.operands[at];
    const std::string argument = argument_text(values_of(command.name, operand));
    if (argument.empty())
        return {};
    return "complete -c crier -n '__crier_at " + command.name + " " + (operand.repeatable ? "-" : "") +
           std::to_string(at) + "'" + argument + "\n";
}

} // namespace

std::string fish_completion(const std::vector<DescribedCommand>& commands) {
    std::string valued;
    std::string lines;
    for (const DescribedCommand& command : commands) {
        if (!command.name.empty())
            lines += "complete -c crier -n '__crier_at \"\"' -a " + command.name + " -d " +
                     fish_quoted(short_description(command.description)) + "\n";
        for (const DescribedOption& option : command.options) {
            lines += option_line(command, option);
            if (option.takes_value)
                for (const std::string& name : option.names)
                    valued += " " + command.name + ":" + name;
        }
        for (std::size_t at = 0; at < command.operands.size(); ++at)
            lines += operand_line(command, at);
    }
    return std::string{fish_head} + "set -g __crier_valued" + valued + "\n" + lines;
}

} // namespace crier::manual
