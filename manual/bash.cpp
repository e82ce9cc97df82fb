#include "manual/completions.hpp"
#include "manual/shell_words.hpp"
#include "manual/values.hpp"

#include <string_view>

namespace crier::manual {
namespace {

using commands::DescribedCommand;
using commands::DescribedOption;

/// The part that is the same whatever the commands are. `values` is what the tables below say of a place:
/// "free", "file", "folder", "words ...", "names ...", "names_or_file ...".
constexpr std::string_view bash_frame = R"shell(
# The names that the configuration has for `accounts`, `sources`, `entries`; nothing when there is no good one.
_crier_names() {
    local i config=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == --config ]] || continue
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
        config=(--config "${COMP_WORDS[i + 1]/#\~/$HOME}")
    done
    timeout 2 "${COMP_WORDS[0]/#\~/$HOME}" names "$@" "${config[@]}" 2>/dev/null
}

_crier_files() { # -f, or -d: only folders
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}

_crier_complete_value() {
    case $values in
    file) _crier_files -f ;;
    folder) _crier_files -d ;;
    words\ *) mapfile -t COMPREPLY < <(compgen -W "${values#* }" -- "$cur") ;;
    names*)
        local kinds
        read -ra kinds <<<"${values#* }"
        [[ $values == names_or_file* ]] && _crier_files -f
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_crier_names "${kinds[@]}")" -- "$cur")
        ;;
    esac
}

_crier() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' values='' operands=0 i
    COMPREPLY=()
    # bash takes --option=value apart into three words.
    if [[ $cur == = ]]; then
        cur=''
    elif [[ $prev == = ]] && ((COMP_CWORD > 2)); then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        =) ;;
        -?*)
            if _crier_value "$command" "${COMP_WORDS[i]}"; then
                [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
                ((i++))
            fi
            ;;
        *) if [[ -z $command ]]; then command=${COMP_WORDS[i]}; else ((operands++)); fi ;;
        esac
    done
    if [[ $prev == -* ]] && _crier_value "$command" "$prev"; then
        _crier_complete_value
    elif [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_crier_options "$command")" -- "$cur")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$_crier_commands" -- "$cur")
    elif _crier_operand "$command" "$operands"; then
        _crier_complete_value
    fi
}
complete -F _crier crier
)shell";

std::string kind_text(const Values& values) {
    switch (values.kind) {
    case Values::Kind::file:
        return "file";
    case Values::Kind::folder:
        return "folder";
    case Values::Kind::words:
        return "words " + joined(values.known);
    case Values::Kind::names:
        return "names " + joined(values.known);
    case Values::Kind::names_or_file:
        return "names_or_file " + joined(values.known);
    case Values::Kind::free:
        break;
    }
    return "free";
}

/// One arm of a `case`: where, and what can stand there.
std::string arm(const std::string& pattern, const Values& values) {
    return "    " + pattern + ") values=" + shell_quoted(kind_text(values)) + " ;;\n";
}

std::string option_names(const DescribedCommand& command) {
    std::string names;
    for (const DescribedOption& option : command.options)
        for (const std::string& name : option.names)
            names += (names.empty() ? "" : " ") + name;
    return names;
}

} // namespace

std::string bash_completion(const std::vector<DescribedCommand>& commands) {
    std::string names;
    std::string options;
    std::string values;
    std::string operands;
    for (const DescribedCommand& command : commands) {
        if (!command.name.empty())
            names += (names.empty() ? "" : " ") + command.name;
        options +=
            "    " + shell_quoted(command.name) + ") echo " + shell_quoted(option_names(command)) + " ;;\n";
        for (const DescribedOption& option : command.options)
            if (option.takes_value)
                for (const std::string& name : option.names)
                    values += arm(command.name + ":" + name, values_of(command.name, option));
        for (std::size_t at = 0; at < command.operands.size(); ++at) {
            const DescribedOption& operand = command.operands[at];
            const std::string number = operand.repeatable ? "*" : std::to_string(at);
            operands += arm(command.name + ":" + number, values_of(command.name, operand));
        }
    }
    std::string text = "# bash completion for crier. Made from its command line when it was built.\n\n";
    text += "_crier_commands=" + shell_quoted(names) + "\n\n";
    text += "_crier_options() {\n    case $1 in\n" + options + "    esac\n}\n\n";
    text += "# Into `values` what stands behind an option of a command; 1: it takes none.\n";
    text += "_crier_value() {\n    case $1:$2 in\n" + values + "    *) return 1 ;;\n    esac\n}\n\n";
    text += "# Likewise of its operand with this number, from 0 on.\n";
    text += "_crier_operand() {\n    case $1:$2 in\n" + operands + "    *) return 1 ;;\n    esac\n}\n";
    text += bash_frame;
    return text;
}

} // namespace crier::manual
