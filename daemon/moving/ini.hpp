#pragma once

#include "core/failure.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crier::moving {

/// A file as Python's configparser reads it: sections, names without regard to case, values over several
/// lines, whole-line comments, %(name)s and %%.
class Ini {
public:
    /// Errors: config, with `where` and the line.
    [[nodiscard]] static Result<Ini> parse(const std::string& text, const std::string& where);

    [[nodiscard]] bool has(const std::string& section) const { return sections_.count(section) > 0; }
    /// Of the section, or of [DEFAULT].
    [[nodiscard]] std::optional<std::string> get(const std::string& section, const std::string& name) const;
    /// As configparser's getboolean(): nothing for what is no truth.
    [[nodiscard]] std::optional<bool> flag(const std::string& section, const std::string& name) const;
    [[nodiscard]] const std::map<std::string, std::map<std::string, std::string>>& sections() const noexcept {
        return sections_;
    }

private:
    [[nodiscard]] std::optional<std::string> raw(const std::string& section, const std::string& name) const;
    [[nodiscard]] std::string filled(const std::string& section, const std::string& value, int depth) const;

    std::map<std::string, std::map<std::string, std::string>> sections_;
};

} // namespace crier::moving
