#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crier::sys {

/// The process's environment, read once at the start and handed on: nobody else asks for it.
class Environment {
public:
    Environment() = default;
    explicit Environment(std::map<std::string, std::string, std::less<>> values)
        : values_(std::move(values)) {}
    [[nodiscard]] static Environment capture();

    /// Valid as long as this object.
    [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

} // namespace crier::sys
