#pragma once

#include "core/failure.hpp"
#include "engine/compose.hpp"
#include "engine/orders.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crier::engine {

/// What an order becomes: the posts as they will be published, with the account's defaults over them.
struct Draft {
    std::vector<Composed> parts;    ///< never none; of a thread in order
    std::optional<Failure> problem; ///< why it is refused; `parts` is what can be said of it all the same

    Draft() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

/// Pure, and quick enough to be asked for each key that is pressed: no file is looked at.
[[nodiscard]] Draft draft_of(const Settings& settings, const AccountSettings& account,
                             const ServerProfile& server, Instant now, const PostOrder& order);

/// What a person should know of an order that is taken all the same: a picture that nobody described, a time
/// that has passed, a server that has not yet said what it takes.
[[nodiscard]] std::vector<std::string> warnings_of(const Draft& draft, const PostOrder& order,
                                                   const AccountSettings& account,
                                                   const ServerProfile& server, Instant now);

} // namespace crier::engine
