#pragma once

#include "core/failure.hpp"
#include "core/schedule/zone/zone.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace crier::schedule {

/// Recurrence rules of calendars (RFC 5545): RRULEs, RDATEs and EXDATEs over one start. Cheap to copy: shared
/// and immutable. Thread: any.
class Recurrence {
public:
    struct Data;

    /// `text` is a rule, "FREQ=MONTHLY;BYDAY=2TU", with "RRULE:" before it or not; or lines as they stand in
    /// an .ics file, folded or not: RRULE (one or more), DTSTART, RDATE, EXDATE. `start` is DTSTART where the
    /// text has none. `zone` is the entry's: a TZID must name it, and times that end in Z are converted to
    /// it.
    ///
    /// The failure's message begins with "rrule '...': " and says which part is wrong. Rules that never fire
    /// are refused.
    [[nodiscard]] static Result<Recurrence> parse(std::string_view text, std::optional<LocalTime> start,
                                                  const Zone& zone);

    /// As written, unfolded, lines joined by a blank: what the rule is known by.
    [[nodiscard]] const std::string& text() const noexcept;
    [[nodiscard]] LocalTime start() const noexcept;

    [[nodiscard]] const Data& data() const noexcept { return *data_; }

private:
    explicit Recurrence(std::shared_ptr<const Data> data)
        : data_(std::move(data)) {}

    std::shared_ptr<const Data> data_;
};

/// The first occurrence strictly after `after`, in the zone that the text was parsed for; nothing when there
/// is none within 41 years of it.
///
/// Occurrences are local times. One that the clocks leave out is at the first moment after the gap, one that
/// they show twice at the first of both; two at one moment are one. The start itself is an occurrence only if
/// a rule gives it (RFC 5545 leaves that open). COUNT counts what the rule gives, before EXDATE.
[[nodiscard]] std::optional<Instant> recurrence_after(const Recurrence& recurrence, const Zone& zone,
                                                      Instant after);

} // namespace crier::schedule
