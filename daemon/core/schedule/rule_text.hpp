#pragma once

#include "core/schedule/calendar.hpp"

#include <string>

namespace crier::schedule {

/// All that a calendar says, in one line: another text is another calendar, and the store keeps it to notice
/// a change. The moments of an `at` and those of `except` are left out, for each is known by itself.
[[nodiscard]] std::string to_text(const Calendar& calendar);

} // namespace crier::schedule
