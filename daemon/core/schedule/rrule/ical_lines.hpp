#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::schedule {

/// "DTSTART;TZID=America/New_York:19970902T090000".
struct ContentLine {
    std::string_view name;
    std::string_view params; ///< without the first semicolon; may be empty
    std::string_view value;

    /// A line without a colon is the value of an RRULE. What comes of it points into `line`.
    [[nodiscard]] static ContentLine parse(std::string_view line);
};

/// The lines of a text with what belongs together in one (RFC 5545, 3.1: a line that begins with a blank goes
/// on with the one before), without empty ones and blanks around them.
[[nodiscard]] std::vector<std::string> unfolded(std::string_view text);

} // namespace crier::schedule
