#pragma once

#include "kit/zone_names.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What the forms of a date have in common.
namespace crier::kit {

/// A civil time, and how far its zone is ahead of UTC.
struct DateParts {
    int year = 0;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int offset = 0;                ///< seconds
    Summer summer = Summer::never; ///< whose clocks are an hour further ahead than `offset` in summer
    int zone_since = 0;            ///< what is known of the zone is true from that year on

    void set_zone(const ZoneRule& rule) {
        offset = rule.minutes * 60;
        summer = rule.summer;
        zone_since = rule.since;
    }
};

/// Microseconds since the epoch; nothing where there is no such time.
[[nodiscard]] std::optional<std::int64_t> instant(const DateParts& parts);

/// The same; nothing, too, in a year that only a clock which nobody set can have shown.
[[nodiscard]] std::optional<std::int64_t> likely_instant(const DateParts& parts);

/// The same time, or nothing where only a clock that nobody set can have shown it.
[[nodiscard]] std::optional<std::int64_t> in_range(std::int64_t microseconds);

/// Takes a date apart from the left.
class DateScanner {
public:
    explicit DateScanner(std::string_view text)
        : rest_(text) {}

    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool at_digit() const;
    [[nodiscard]] bool at_word() const;
    bool take(char c);
    /// White space and commas; whether there were any.
    bool skip_blanks();
    /// Between `least` and `most` digits.
    std::optional<int> number(std::size_t least, std::size_t most, std::size_t* count = nullptr);
    /// Letters, in lower case, with a full stop behind them left out; also letters beyond ASCII.
    std::string word();

    /// "12:30:45.123", "12:30", "3:05 PM".
    bool time(DateParts& parts);
    /// "Z", "+0100", "+01:00", "+1", "GMT", "GMT+0100", "CEST", "ET", "America/New_York", with remarks behind
    /// it, or nothing at all; then nothing else may follow. False, too, for a zone that is none of these and
    /// not one of RFC 822's kind, of which UTC is to be assumed (RFC 2822, 4.3).
    bool zone(DateParts& parts);

private:
    bool offset(DateParts& parts);
    bool offset_follows() const;
    /// What there is of a zone's name is taken.
    enum class Named { known, unknown, foreign, misleading };
    Named zone_name(DateParts& parts);
    /// "(CET)", "[Europe/Berlin]"
    bool zone_in_brackets(DateParts& parts);
    std::string_view rest_;
};

} // namespace crier::kit
