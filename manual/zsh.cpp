#include "manual/completions.hpp"
#include "manual/shell_words.hpp"
#include "manual/values.hpp"

#include <algorithm>
#include <string_view>

namespace crier::manual {
namespace {

using commands::DescribedCommand;
using commands::DescribedOption;

constexpr std::string_view zsh_head = R"shell(#compdef crier
# zsh completion for crier. Made from its command line when it was built.

# The names that the configuration has for `accounts`, `sources`, `entries`; nothing when there is no good one.
_crier_names() {
    local -a config names
    local at=${words[(I)--config]}
    if ((at > 0)); then
        config=(--config ${~words[at + 1]})
    elif [[ -n $crier_config ]]; then
        config=(--config ${~crier_config})
    fi
    names=(${(f)"$(timeout 2 $crier_program names $@ $config 2>/dev/null)"})
    compadd -a names
}

_crier_names_or_files() {
    _crier_names "$@"
    _files
}

)shell";

/// Within 'name[HERE]:word:action': what _arguments itself would read is escaped.
std::string spec_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

/// With a blank before it, a function gets no options of compadd before its own arguments.
std::string action_text(const Values& values) {
    switch (values.kind) {
    case Values::Kind::file:
        return "_files";
    case Values::Kind::folder:
        return "_files -/";
    case Values::Kind::words: {
        std::vector<std::string> words;
        for (const std::string& word : values.known)
            words.push_back(spec_text(word));
        return "(" + joined(words) + ")";
    }
    case Values::Kind::names:
        return " _crier_names " + joined(values.known);
    case Values::Kind::names_or_file:
        return " _crier_names_or_files " + joined(values.known);
    case Values::Kind::free:
        break;
    }
    return " ";
}

/// ":FILE:_files": what stands behind an option, or as an operand.
std::string value_spec(std::string_view command, const DescribedOption& option) {
    const Values values = values_of(command, option);
    return ":" + spec_text(values.word) + ":" + action_text(values);
}

std::string option_specs(const DescribedCommand& command, const std::string& indent) {
    std::string text;
    for (const DescribedOption& option : command.options) {
        for (const std::string& name : option.names) {
            std::string spec = option.repeatable ? "*" : "";
            spec += name + (option.takes_value && name.starts_with("--") ? "=" : "");
            spec += "[" + spec_text(short_description(option.description)) + "]";
            if (option.takes_value)
                spec += value_spec(command.name, option);
            text += " \\\n" + indent + shell_quoted(spec);
        }
    }
    return text;
}

std::string operand_specs(const DescribedCommand& command, const std::string& indent) {
    std::string text;
    for (std::size_t at = 0; at < command.operands.size(); ++at) {
        const DescribedOption& operand = command.operands[at];
        const std::string place = operand.repeatable ? "*" : std::to_string(at + 1);
        const std::string maybe = operand.required || operand.repeatable ? "" : ":";
        text += " \\\n" + indent + shell_quoted(place + maybe + value_spec(command.name, operand));
    }
    return text;
}

} // namespace

std::string zsh_completion(const std::vector<DescribedCommand>& commands) {
    std::string names;
    std::string arms;
    std::string own;
    for (const DescribedCommand& command : commands) {
        if (command.name.empty()) {
            own = option_specs(command, "        ");
            continue;
        }
        names += "        " +
                 shell_quoted(command.name + ":" + spec_text(short_description(command.description))) + "\n";
        arms += "        " + command.name + ")\n            _arguments" +
                option_specs(command, "                ") + operand_specs(command, "                ") +
                "\n            ;;\n";
    }
    std::string text{zsh_head};
    text += "_crier() {\n    local curcontext=$curcontext state line crier_program=${~words[1]}\n";
    text += "    typeset -A opt_args\n    local -a commands\n    commands=(\n" + names + "    )\n";
    // -A: what stands behind the command is the command's, options too.
    text += "    _arguments -C -A '-*'" + own;
    text += " \\\n        '1:command:->command' \\\n        '*::argument:->argument'\n";
    text += "    case $state in\n    command) _describe -t commands command commands ;;\n    argument)\n";
    text += "        local crier_config=${opt_args[--config]}\n";
    text += "        case $words[1] in\n" + arms + "        esac\n        ;;\n    esac\n}\n\n";
    text += "_crier \"$@\"\n";
    return text;
}

} // namespace crier::manual
