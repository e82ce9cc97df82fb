#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace crier::commands {

struct HelpExample {
    std::string_view command; ///< it parses: a test reads it
    std::string_view what;
};

struct HelpExit {
    int code;
    std::string_view means;
};

/// What a person is told of a command, beside its options.
struct CommandHelp {
    std::string_view name;
    std::string_view line;  ///< one, for the list of commands
    std::string_view about; ///< a paragraph: what it does, and when it is wanted
    std::vector<HelpExample> examples;
    std::vector<HelpExit> exits; ///< where they say more than 0 and the usual ones
    std::string_view see;
};

struct HelpGroup {
    std::string_view title;
    std::vector<CommandHelp> commands;
};

/// In the order in which they are listed.
[[nodiscard]] std::span<const HelpGroup> help_groups();

/// Null: there is none.
[[nodiscard]] const CommandHelp* help_of(std::string_view command);

} // namespace crier::commands
