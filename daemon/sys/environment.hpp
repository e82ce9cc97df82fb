#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::sys {

/// The process's environment, read once at the start and handed on: nobody else asks for it.
class Environment {
public:
    using Values = std::map<std::string, std::string, std::less<>>;

    Environment() = default;
    explicit Environment(Values values)
        : values_(std::move(values)) {}
    [[nodiscard]] static Environment capture();

    /// Valid as long as this object.
    [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;

    /// "NAME=value" of what a program that is run gets of it: what programs need (PATH, HOME, locale, zone,
    /// the desktop's) and nothing else: no token.
    [[nodiscard]] std::vector<std::string> for_programs() const;

private:
    Values values_;
};

} // namespace crier::sys
