#include "config/problems.hpp"

#include "config/words.hpp"

#include <algorithm>
#include <utility>

namespace crier::config {

std::string Path::text() const {
    std::string text = up != nullptr ? up->text() : std::string{};
    if (index >= 0)
        return text + '[' + std::to_string(index) + ']';
    if (key.empty())
        return text;
    if (!text.empty())
        text += '.';
    return text + printable(key);
}

Problem problem_at(const Place& place, std::string key, std::string message, std::string hint) {
    Problem problem;
    problem.file = place.file;
    problem.line = place.line;
    problem.column = place.column;
    problem.key = std::move(key);
    problem.message = std::move(message);
    problem.hint = std::move(hint);
    return problem;
}

Problem warning_at(const Place& place, std::string key, std::string message, std::string hint) {
    Problem problem = problem_at(place, std::move(key), std::move(message), std::move(hint));
    problem.warning = true;
    return problem;
}

bool Problems::any_error() const noexcept {
    return std::any_of(list_.begin(), list_.end(), [](const Problem& problem) { return !problem.warning; });
}

void Problems::add(const Path& path, Ref at, Position position, std::string message, std::string hint,
                   bool warning) {
    Problem problem;
    problem.file = at.document().file();
    problem.line = position.line;
    problem.column = position.column;
    problem.key = path.text();
    problem.message = std::move(message);
    problem.hint = std::move(hint);
    problem.warning = warning;
    list_.push_back(std::move(problem));
}

} // namespace crier::config
