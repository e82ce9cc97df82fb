#pragma once

#include "commands/cli_described.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What can stand behind an option, beyond what the command line itself knows of it.
namespace crier::manual {

struct Values {
    enum class Kind {
        free, ///< nobody can guess it
        file,
        folder,
        words, ///< one of `known`
        names, ///< one of the configuration: `known` says of which kinds, as `crier names` takes them
        names_or_file,
    };
    Kind kind = Kind::free;
    std::string_view word = "VALUE"; ///< what --help and the manual pages call it: FILE, TIME
    std::vector<std::string> known;
};

/// Of an option or operand of a command ("" is the program itself).
[[nodiscard]] Values values_of(std::string_view command, const commands::DescribedOption& option);

} // namespace crier::manual
