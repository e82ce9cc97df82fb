#pragma once

#include "core/boxed.hpp"
#include "core/failure.hpp"
#include "core/schedule/zone/zone.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crier::schedule {

/// A day of a zone's calendar.
using LocalDay = std::chrono::local_days;

/// Days of the calendar: single ones, stretches of them, and both again in every year.
class Dates {
public:
    /// One more: `2026-12-24`, `2026-12-24..2027-01-06` (the last day is in it), `12-25` for every year,
    /// `12-24..01-06` also over New Year. 29 February of every year is there in leap years only. The failure
    /// names what is wrong of it; nothing is added then.
    [[nodiscard]] Result<> add(std::string_view text);

    [[nodiscard]] bool empty() const noexcept { return !spans_; }
    [[nodiscard]] bool contains(LocalDay day) const;
    /// As add() reads them, with commas between.
    [[nodiscard]] std::string text() const;

    /// Is there no day left of it from this one on?
    [[nodiscard]] bool over(LocalDay from) const;

    bool operator==(const Dates&) const = default;

private:
    /// Both ends are in it. With `yearly` the year does not count.
    struct Span {
        std::chrono::year_month_day first;
        std::chrono::year_month_day last;
        bool yearly = false;

        bool operator==(const Span&) const = default;
    };

    [[nodiscard]] std::span<const Span> spans() const noexcept;

    Boxed<std::vector<Span>> spans_; ///< mostly there are none; never empty
};

} // namespace crier::schedule
