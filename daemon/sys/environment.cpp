#include "sys/environment.hpp"

#include <unistd.h>

namespace crier::sys {

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

} // namespace crier::sys
