#pragma once

#include "config/tree.hpp"
#include "core/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::config {

/// Where in the configuration reading is: a chain over the stack, so that it costs nothing until a problem
/// wants it in words.
struct Path {
    const Path* up = nullptr;
    std::string_view key = {};
    int index = -1; ///< of a list's item that has no name

    /// "accounts.news.token", "schedule[2].post"
    [[nodiscard]] std::string text() const;
};

/// What is wrong with what stands, or stood, there.
[[nodiscard]] Problem problem_at(const Place& place, std::string key, std::string message, std::string hint);
[[nodiscard]] Problem warning_at(const Place& place, std::string key, std::string message, std::string hint);

/// Collects what is wrong.
class Problems {
public:
    void error(const Path& path, Ref at, std::string message, std::string hint = {}) {
        add(path, at, at.position(), std::move(message), std::move(hint), false);
    }
    void error_at(const Path& path, Ref at, Position position, std::string message, std::string hint = {}) {
        add(path, at, position, std::move(message), std::move(hint), false);
    }
    void warning(const Path& path, Ref at, std::string message, std::string hint = {}) {
        add(path, at, at.position(), std::move(message), std::move(hint), true);
    }
    void warning_at(const Path& path, Ref at, Position position, std::string message, std::string hint = {}) {
        add(path, at, position, std::move(message), std::move(hint), true);
    }

    [[nodiscard]] std::vector<Problem>& list() noexcept { return list_; }
    [[nodiscard]] bool any_error() const noexcept;

private:
    void add(const Path& path, Ref at, Position position, std::string message, std::string hint,
             bool warning);

    std::vector<Problem> list_;
};

} // namespace crier::config
