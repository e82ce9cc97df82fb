#pragma once

#include "core/failure.hpp"
#include "core/schedule/period.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::schedule {

/// A moment that comes round each year, by the clock that is in force until then.
struct YearlyMoment {
    enum class Form : std::uint8_t {
        julian,  ///< Jn: `day` 1 to 365, and 1 March is always 60
        count,   ///< n: `day` 0 to 365, days after 1 January
        weekday, ///< Mm.w.d: `day` 0 (Sunday) to 6, the `week`th of its kind in `month`; 5 is the last one
    };
    Form form = Form::julian;
    int day = 1;
    unsigned month = 1;
    unsigned week = 1;
    std::chrono::seconds time{}; ///< after midnight; from -167 h to 167 h and more than a day off

    friend bool operator==(const YearlyMoment&, const YearlyMoment&) = default;
};

/// How a zone goes on for ever after the last change that its file lists; what POSIX writes into TZ.
struct ZoneRule {
    struct Daylight {
        ClockSetting setting; ///< of "summer", which in Ireland is the winter
        YearlyMoment begin;
        YearlyMoment end; ///< may come before `begin`: in the south

        friend bool operator==(const Daylight&, const Daylight&) = default;
    };
    ClockSetting standard;
    std::optional<Daylight> daylight;

    /// Reads "CET-1CEST,M3.5.0,M10.5.0/3" or "<+0330>-3:30". The failure's message names the text and what is
    /// wrong in it. Summer time without dates is refused: POSIX leaves to each system what that means.
    [[nodiscard]] static Result<ZoneRule> parse(std::string_view text);

    [[nodiscard]] const ClockSetting& setting(std::chrono::sys_seconds when) const;
    /// For moments from first_moment to last_moment; the period may go on outside.
    [[nodiscard]] Period period(std::chrono::sys_seconds when) const;

    friend bool operator==(const ZoneRule&, const ZoneRule&) = default;
};

} // namespace crier::schedule
