#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

/// The command line as data: what manual pages and completions are made of (manual/), so that neither can be
/// of another program than this one.
namespace crier::commands {

/// An option, or (with no dashes before its name) an operand.
struct DescribedOption {
    std::vector<std::string> names; ///< "-n", "--days"; an operand: its one name
    std::string description;        ///< as --help has it
    std::string fallback;           ///< the default, where --help shows it apart from the description
    std::vector<std::string> words; ///< the only values that it takes; empty: any
    bool takes_value = false;
    bool required = false;
    bool repeatable = false;
};

struct DescribedCommand {
    std::string name; ///< empty: the program itself
    std::string description;
    std::vector<DescribedOption> options;
    std::vector<DescribedOption> operands; ///< in their order
};

/// The program first, then its commands in the order of --help; those that --help hides are left out.
[[nodiscard]] std::vector<DescribedCommand> described(const CLI::App& app);

/// crier's own.
[[nodiscard]] std::vector<DescribedCommand> described_command_line();

} // namespace crier::commands
