#pragma once

#include "core/settings.hpp"

#include <string>
#include <vector>

namespace crier::engine {

/// What a configuration says otherwise than the one before it, by the names of things. What stands in another
/// place of the file, or is merged from elsewhere to the same, is no change.
struct Difference {
    struct Names {
        std::vector<std::string> added;
        std::vector<std::string> removed;
        std::vector<std::string> changed;

        [[nodiscard]] bool empty() const noexcept {
            return added.empty() && removed.empty() && changed.empty();
        }
    };
    Names accounts;
    Names sources;
    Names entries;
    std::vector<std::string> moved; ///< of the changed accounts: on another server, or by another handle
    bool others = false;            ///< something besides: alerts, fuse, dedupe, ...

    Difference() = default;
    [[nodiscard]] bool empty() const noexcept {
        return accounts.empty() && sources.empty() && entries.empty() && !others;
    }
};

/// Both are good configurations. Takes as long as to read them once; thread: any.
[[nodiscard]] Difference difference_of(const Settings& before, const Settings& next);

/// For people: "source blog added, account news changed, 12 entries changed"; "nothing" where nothing is.
[[nodiscard]] std::string to_text(const Difference& difference);

} // namespace crier::engine
