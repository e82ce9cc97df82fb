#include "manual/commands_page.hpp"

#include "manual/roff.hpp"
#include "manual/values.hpp"

#include <algorithm>

namespace crier::manual {
namespace {

using commands::DescribedCommand;
using commands::DescribedOption;

bool named(const DescribedOption& option, std::string_view name) {
    return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
}

/// What all commands take stands once, before them.
bool of_all_commands(const DescribedOption& option) {
    return named(option, "--config") || named(option, "--help") || named(option, "--help-all");
}

std::string operand_word(const DescribedCommand& command, const DescribedOption& operand) {
    const std::string word = italic(values_of(command.name, operand).word);
    const std::string more = operand.repeatable ? " ..." : "";
    return operand.required ? word + more : "[" + word + more + "]";
}

std::string item(const std::string& head, const DescribedOption& option) {
    std::string text = ".TP\n" + head + "\n" + sentence(option.description);
    if (!option.fallback.empty())
        text += " Default: " + bold(option.fallback) + ".";
    return text + "\n";
}

std::string option_item(const DescribedCommand& command, const DescribedOption& option) {
    std::string head;
    for (const std::string& name : option.names)
        head += (head.empty() ? "" : ", ") + bold(name);
    if (option.takes_value)
        head += " " + italic(values_of(command.name, option).word);
    return item(head, option);
}

std::string command_page(const DescribedCommand& command, const std::map<std::string, std::string>& more) {
    std::string text = ".SS \"" + literal("crier " + command.name);
    for (const DescribedOption& operand : command.operands)
        text += " " + operand_word(command, operand);
    text += "\"\n" + sentence(command.description) + "\n";
    for (const DescribedOption& operand : command.operands)
        text += item(italic(values_of(command.name, operand).word), operand);
    for (const DescribedOption& option : command.options)
        if (!of_all_commands(option))
            text += option_item(command, option);
    if (const auto own = more.find(command.name); own != more.end())
        text += ".PP\n" + own->second;
    return text;
}

} // namespace

std::string commands_page(const std::vector<DescribedCommand>& commands,
                          const std::map<std::string, std::string>& more) {
    std::string text;
    for (const DescribedCommand& command : commands)
        if (!command.name.empty())
            text += command_page(command, more);
    return text;
}

} // namespace crier::manual
