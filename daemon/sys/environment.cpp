#include "sys/environment.hpp"

#include <array>
#include <unistd.h>

namespace crier::sys {

namespace {

/// Named, and not "all but what holds a token": nobody knows the names of what else holds one.
constexpr std::array<std::string_view, 16> handed_on{
    "PATH",    "HOME", "USER",   "LOGNAME",         "SHELL",   "LANG",          "LC_ALL",   "LC_CTYPE",
    "LC_TIME", "TZ",   "TMPDIR", "XDG_RUNTIME_DIR", "DISPLAY", "XDG_DATA_HOME", "MAILNAME", "HOSTNAME",
};

} // namespace

Environment Environment::capture() {
    Environment captured;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        const auto equals = text.find('=');
        if (equals != std::string_view::npos)
            captured.values_.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return captured;
}

std::optional<std::string_view> Environment::get(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end())
        return std::nullopt;
    return found->second;
}

std::vector<std::string> Environment::for_programs() const {
    std::vector<std::string> lines;
    for (const std::string_view name : handed_on)
        if (const auto value = get(name))
            lines.push_back(std::string{name} + "=" + std::string{*value});
    return lines;
}

} // namespace crier::sys
