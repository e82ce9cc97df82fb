#include "manual/page.hpp"

#include "commands/cli_described.hpp"
#include "manual/commands_page.hpp"
#include "manual/settings_page.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>
#include <vector>

namespace crier::manual {
namespace {

constexpr std::string_view mark = R"(.\" @)";

/// The lines of a page, and what was said beside the commands so far.
struct Filling {
    std::vector<commands::DescribedCommand> commands = commands::described_command_line();
    std::map<std::string, std::string> more;
    std::string about; ///< the command that the lines are about; empty: they are the page's
    std::string text;
};

bool is_command(const Filling& filling, std::string_view name) {
    return !name.empty() && std::any_of(filling.commands.begin(), filling.commands.end(),
                                        [&](const auto& command) { return command.name == name; });
}

/// One mark, without what begins it: "more post", "commands".
Result<> follow(Filling& filling, std::string_view what) {
    if (what.starts_with("more ")) {
        const std::string_view name = what.substr(5);
        if (!is_command(filling, name))
            return Failure{Cause::usage, "there is no command " + std::string{name},
                           "`crier --help` lists them"};
        filling.about = name;
        filling.more[filling.about]; // also when nothing follows
    } else if (what == "end") {
        filling.about.clear();
    } else if (what == "commands") {
        filling.text += commands_page(filling.commands, filling.more);
    } else if (what == "settings") {
        filling.text += settings_page();
    } else if (what == "plugins") {
        filling.text += plugins_page();
    } else {
        return Failure{Cause::usage, "there is no mark @" + std::string{what}, "manual/page.hpp lists them"};
    }
    return {};
}

} // namespace

Result<std::string> page(const std::string& written, const std::string& version) {
    Filling filling;
    std::istringstream lines{written};
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.starts_with(mark)) {
            if (const Result<> followed = follow(filling, std::string_view{line}.substr(mark.size()));
                !followed)
                return Failure{Cause::usage,
                               "line " + std::to_string(number) + ": " + followed.error().message,
                               followed.error().hint};
            continue;
        }
        if (const auto at = line.find("@VERSION@"); at != std::string::npos)
            line.replace(at, 9, version);
        (filling.about.empty() ? filling.text : filling.more[filling.about]) += line + '\n';
    }
    return std::move(filling.text);
}

} // namespace crier::manual
