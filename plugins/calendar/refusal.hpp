#pragma once

#include <string>
#include <string_view>

namespace crier::calendar {

/// Of bytes that are no calendar: what they are, and what to do about it.
[[nodiscard]] std::string why_no_calendar(std::string_view bytes);

} // namespace crier::calendar
