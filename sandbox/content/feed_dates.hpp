#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace crier::sandbox {

/// "2026-01-05T09:00:00Z", "2026-01-05T10:00:00.5+01:00"; nothing when it is none.
[[nodiscard]] std::optional<std::chrono::sys_seconds> from_rfc3339(std::string_view text);

[[nodiscard]] std::string to_rfc3339(std::chrono::sys_seconds time); ///< "2026-01-05T09:00:00Z"
[[nodiscard]] std::string to_rfc822(std::chrono::sys_seconds time);  ///< "Mon, 05 Jan 2026 09:00:00 +0000"

[[nodiscard]] std::string_view weekday_name(std::chrono::sys_seconds time); ///< "Monday"

} // namespace crier::sandbox
