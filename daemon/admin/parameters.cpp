#include "admin/parameters.hpp"

#include "admin/fields.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace crier::admin {

std::string Parameters::text(std::string_view name) {
    known_.push_back(name);
    std::string found;
    for (const auto& [known, value] : request_.query)
        if (known == name) {
            if (!found.empty())
                refuse(wrong_field(name, "given once"));
            found = value;
        }
    return found;
}

std::size_t Parameters::number(std::string_view name, std::size_t otherwise, std::size_t most) {
    const std::string said = text(name);
    if (said.empty())
        return otherwise;
    std::size_t number = 0;
    const auto read = std::from_chars(said.data(), said.data() + said.size(), number);
    if (read.ec == std::errc{} && read.ptr == said.data() + said.size() && number > 0 && number <= most)
        return number;
    refuse(wrong_field(name, "a number from 1 to " + std::to_string(most)));
    return otherwise;
}

std::optional<Instant> Parameters::time(std::string_view name) {
    const std::string said = text(name);
    if (said.empty())
        return std::nullopt;
    const std::optional<Instant> when = from_rfc3339(said);
    if (!when)
        refuse(wrong_field(name, "a time such as 2026-12-24T18:00:00+01:00"));
    return when;
}

void Parameters::refuse(Failure failure) {
    if (!failure_)
        failure_ = std::move(failure);
}

Result<> Parameters::done() {
    for (const auto& [name, value] : request_.query)
        if (std::find(known_.begin(), known_.end(), name) == known_.end())
            refuse(unknown_name("parameter", name, known_));
    if (failure_)
        return *failure_;
    return {};
}

} // namespace crier::admin
