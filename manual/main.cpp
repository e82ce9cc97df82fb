#include "commands/cli_described.hpp"
#include "manual/completions.hpp"
#include "manual/page.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

/// Used by the build, and not installed:
///
///     crier-manual page FILE.in      the manual page, filled with what the program knows
///     crier-manual bash|zsh|fish     the shell's completion
int main(int argc, char** argv) {
    using namespace crier;
    const std::string_view what = argc > 1 ? argv[1] : "";
    std::string text;
    if (what == "page" && argc == 3) {
        std::ifstream file{argv[2], std::ios::binary};
        const std::string written{std::istreambuf_iterator<char>{file}, {}};
        Result<std::string> page = manual::page(written, CRIER_VERSION);
        if (!file || !page) {
            std::cerr << argv[2] << ": " << (file ? page.error().message : "cannot be read") << '\n';
            return 1;
        }
        text = std::move(*page);
    } else if (what == "bash") {
        text = manual::bash_completion(commands::described_command_line());
    } else if (what == "zsh") {
        text = manual::zsh_completion(commands::described_command_line());
    } else if (what == "fish") {
        text = manual::fish_completion(commands::described_command_line());
    } else {
        std::cerr << "usage: crier-manual page FILE.in | bash | zsh | fish\n";
        return 2;
    }
    std::cout << text << std::flush;
    return std::cout ? 0 : 1;
}
