#include "commands/checking.hpp"
#include "commands/commands.hpp"

#include <algorithm>
#include <ostream>

namespace crier::commands {

int names(const Invocation& call, const NamesOptions& options) {
    const config::Loaded loaded = load_config(config_path(call));
    if (!loaded.settings)
        return exit_ok;
    const auto asked = [&](const char* kind) {
        return std::find(options.kinds.begin(), options.kinds.end(), kind) != options.kinds.end();
    };
    if (asked("accounts"))
        for (const auto& [name, account] : loaded.settings->accounts)
            call.out << name << '\n';
    if (asked("sources"))
        for (const SourceSettings& source : loaded.settings->sources)
            call.out << source.name << '\n';
    if (asked("entries"))
        for (const EntrySettings& entry : loaded.settings->schedule)
            call.out << entry.name << '\n';
    return exit_ok;
}

} // namespace crier::commands
