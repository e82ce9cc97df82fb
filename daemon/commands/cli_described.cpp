#include "commands/cli_described.hpp"

#include <CLI/CLI.hpp>

#include <string_view>

namespace crier::commands {
namespace {

/// Of "TEXT:{list,test}", which is how CLI11 shows what a value must be one of: list, test.
std::vector<std::string> words_in(std::string_view type) {
    std::vector<std::string> words;
    const auto open = type.find('{');
    const auto close = type.find('}', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos)
        return words;
    std::string_view rest = type.substr(open + 1, close - open - 1);
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        words.emplace_back(rest.substr(0, comma));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return words;
}

DescribedOption described_option(const CLI::Option& option) {
    DescribedOption described;
    if (option.get_positional())
        described.names.push_back(option.get_name(true));
    for (const std::string& name : option.get_snames())
        described.names.push_back('-' + name);
    for (const std::string& name : option.get_lnames())
        described.names.push_back("--" + name);
    described.description = option.get_description();
    described.fallback = option.get_default_str();
    described.words = words_in(option.get_type_name());
    described.takes_value = option.get_items_expected_max() > 0;
    described.required = option.get_required();
    described.repeatable = option.get_items_expected_max() > 1 ||
                           option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    return described;
}

DescribedCommand described_command(const CLI::App& app) {
    DescribedCommand command;
    command.name = app.get_parent() == nullptr ? std::string{} : app.get_name();
    command.description = app.get_description();
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty())
            continue;
        auto& place = option->get_positional() ? command.operands : command.options;
        place.push_back(described_option(*option));
    }
    return command;
}

} // namespace

std::vector<DescribedCommand> described(const CLI::App& app) {
    std::vector<DescribedCommand> commands{described_command(app)};
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        if (!command->get_group().empty())
            commands.push_back(described_command(*command));
    return commands;
}

} // namespace crier::commands
