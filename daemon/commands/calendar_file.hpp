#pragma once

#include "commands/planned.hpp"

#include <iosfwd>
#include <string>
#include <string_view>

namespace crier::commands {

/// Writes planned posts as an iCalendar file (RFC 5545) that a calendar program opens: each an event of ten
/// minutes that takes up no time.
class CalendarFile {
public:
    /// `now`: the moment that the file is made at.
    CalendarFile(std::ostream& out, Instant now);
    void add(const Planned& planned);
    void end();

private:
    /// One content line: escaped where it is text, folded, with CRLF.
    void line(std::string_view name, std::string_view value);
    void text(std::string_view name, std::string_view value);

    std::ostream& out_;
    std::string now_;
};

} // namespace crier::commands
