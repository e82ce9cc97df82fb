#pragma once

#include "engine/engine.hpp"
#include "engine/planned.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What goes out in some days: what the outbox has for them, and what is not there yet.
namespace crier::engine {

struct CalendarQuery {
    Instant from{};
    Instant until{};     ///< not included
    std::string account; ///< empty: all
    std::size_t limit = 2000;

    CalendarQuery() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

struct CalendarRow {
    Planned planned; ///< as it would be made; of a post in the outbox as it is
    Origin origin;   ///< `item` is empty for what is not in the outbox
    std::optional<Post> post;

    CalendarRow() = default;
};

struct CalendarPage {
    std::vector<CalendarRow> rows; ///< by due time
    bool more = false;             ///< there are more than were asked for, or than can be looked at at once

    CalendarPage() = default;
};

/// The schedule as `crier preview` renders it, from now on; items that wait for their time; and the outbox,
/// also what left in that time. Files are not looked at, no source is asked, and nothing is marked.
///
/// Errors: the store's; temporary before the engine has begun.
[[nodiscard]] boost::asio::awaitable<Result<CalendarPage>> calendar_of(Engine& engine, CalendarQuery query);

} // namespace crier::engine
