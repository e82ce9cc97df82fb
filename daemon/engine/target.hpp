#pragma once

#include "core/failure.hpp"
#include "core/settings.hpp"

#include <string>
#include <string_view>

namespace crier::engine {

/// Which thing a pause or resume is for.
struct Target {
    enum class Kind { everything, account, source, entry };
    Kind kind = Kind::everything;
    std::string name;

    Target() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"

    /// "account:news", "source:blog", "entry:greeting", or a bare name that only one of them has.
    [[nodiscard]] static Result<Target> parse(std::string_view text, const Settings& settings);
    /// As a thing: what parse() reads ("account:news"); empty for everything.
    [[nodiscard]] std::string thing() const;
};

/// Why nothing can be done here about a thing ("account:news") that another daemon works on.
[[nodiscard]] Failure works_elsewhere(const std::string& thing);

} // namespace crier::engine
