#pragma once

#include "calendar/lines.hpp"
#include "calendar/rule.hpp"
#include "calendar/warnings.hpp"
#include "sdk/crier_plugin.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crier::calendar {

/// An RDATE. Where it has its own end, it is kept as how long that is.
struct ExtraDate {
    When start;
    std::optional<When> end;
    std::optional<Span> duration;
};

/// A VEVENT: one event, a series, or what becomes of one occurrence of it.
struct Event {
    std::size_t line = 0; ///< where it begins
    sdk::Item item;       ///< its texts; id and times come later
    std::string uid;
    std::optional<When> start;
    std::optional<When> end;
    std::optional<Span> duration;
    std::vector<Rule> rules;
    std::vector<Rule> without; ///< EXRULE
    std::vector<ExtraDate> extra;
    std::vector<When> excluded;
    std::optional<When> replaces; ///< RECURRENCE-ID
    bool and_later = false;       ///< RANGE=THISANDFUTURE
    bool cancelled = false;
    bool secret = false; ///< CLASS, if it is not PUBLIC
    std::int64_t sequence = 0;
    std::optional<When> stamp; ///< DTSTAMP
    bool broken = false;       ///< what it is about cannot be told

    /// For messages: the title, else the UID.
    [[nodiscard]] std::string name() const;
};

/// Takes a line of a VEVENT. What it does not understand is left out, with a warning.
void take_property(const Line& line, Event& event, Warnings& warnings);

} // namespace crier::calendar
