#include "fediverse/options.hpp"

#include "kit/text.hpp"

#include <string>

namespace crier::fediverse {
namespace {

constexpr struct {
    crier_option option;
    bool Options::*member;
} switches[] = {
    {{"replies", "true: also answers to others (default: false)"}, &Options::replies},
    {{"boosts", "true: also what the account boosts, with its author and address (default: false)"},
     &Options::boosts},
    {{"sensitive", "true: also posts with a content warning or sensitive media (default: false)"},
     &Options::sensitive},
};

constexpr crier_option fediverse_options[] = {switches[0].option, switches[1].option, switches[2].option};

} // namespace

std::span<const crier_option> option_table() {
    return fediverse_options;
}

Options read_options(const sdk::Settings& settings) {
    Options options;
    for (const auto& [name, raw] : settings)
        for (const auto& [option, member] : switches)
            if (name == option.name) {
                const std::string value{kit::trimmed(raw)};
                if (value != "true" && value != "false")
                    throw sdk::Error(std::string{name}.append(": \"").append(value).append(
                        "\" is neither true nor false"));
                options.*member = value == "true";
            }
    return options;
}

} // namespace crier::fediverse
