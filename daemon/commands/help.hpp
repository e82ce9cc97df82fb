#pragma once

#include "commands/help_texts.hpp"
#include "sys/environment.hpp"

#include <cstddef>
#include <string>

namespace CLI {
class App;
} // namespace CLI

/// What `--help` prints.
namespace crier::commands {

struct HelpLook {
    std::size_t width = 80; ///< columns
    bool bold = false;      ///< headings
};

/// As the terminal is, if standard output is one: between 40 and 120 columns. NO_COLOR is obeyed.
[[nodiscard]] HelpLook help_look(const sys::Environment& environment, bool terminal);

/// The commands' lines of help_texts.hpp as their descriptions. What has none there keeps its own.
void give_lines(CLI::App& app);

/// A help that teaches, for the program and its commands; a command without a text is listed last.
void teach(CLI::App& app, const HelpLook& look);

} // namespace crier::commands
