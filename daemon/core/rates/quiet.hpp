#pragma once

#include "core/settings.hpp"

#include <optional>

namespace crier::rates {

/// When the quiet time ends that `when` lies in; nothing: it lies in none. By the local clock of its zone,
/// also where that is put forward or back. What follows at once (a quiet morning after a blackout) is part of
/// it, as far as ten years: who blacks out more is quiet at its end, too.
[[nodiscard]] std::optional<Instant> quiet_until(const QuietTimes& quiet, Instant when);

/// `when`, or the end of the quiet time that it falls into.
[[nodiscard]] Instant after_quiet(const QuietTimes& quiet, Instant when);

} // namespace crier::rates
