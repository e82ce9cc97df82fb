#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crier::commands {

/// Whether git tracks a file, by the index of the work tree in which it lies. git itself is never run: a
/// repository says in its configuration what git runs.
class Tracked {
public:
    [[nodiscard]] bool has(const std::string& path);

    /// The work trees of which that cannot be told.
    [[nodiscard]] std::vector<std::string> unknown() const;

private:
    struct WorkTree {
        std::string root;
        std::optional<std::set<std::string>> files; ///< nothing: not known
    };

    [[nodiscard]] std::shared_ptr<const WorkTree> of(const std::string& folder);

    std::map<std::string, std::shared_ptr<const WorkTree>> folders_;
};

} // namespace crier::commands
