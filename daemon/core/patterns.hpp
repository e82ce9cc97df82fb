#pragma once

#include "core/failure.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crier {

/// How the plain conditions among them compare.
struct PatternRules {
    bool whole = false;   ///< they must be the whole value, and not merely stand in it
    bool is_link = false; ///< one that begins with a slash may be a path
};

/// Conditions of which one is enough: texts without regard to case, or expressions between slashes, `/.../`
/// or `/.../i` (RE2: linear time on every input). Immutable and shared, so a copy is cheap.
class Patterns {
public:
    Patterns() = default;

    /// Errors: config, with the condition and what is wrong with it, and no word of where it stands.
    [[nodiscard]] static Result<Patterns> compile(const std::vector<std::string>& conditions,
                                                  PatternRules rules);

    /// The first that matches, as it was written; null when none does.
    [[nodiscard]] const std::string* match(std::string_view value) const;

    /// As they were written.
    [[nodiscard]] std::vector<std::string> sources() const;

    /// They were written the same, and compare the same.
    friend bool operator==(const Patterns& a, const Patterns& b) {
        return a.whole_ == b.whole_ && a.sources() == b.sources();
    }

private:
    struct Condition;
    std::shared_ptr<const std::vector<Condition>> any_;
    bool whole_ = false;
};

} // namespace crier
