#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::schedule {

enum class FieldKind { second, minute, hour, day, month, weekday };

/// What may stand in a field.
struct FieldRange {
    std::string_view name;
    int least;
    int most;                            ///< of weekdays 7, which is Sunday again
    std::vector<std::string_view> names; ///< in capitals; the first stands for `least`, which is 0 or 1
    std::string_view hint;
};

[[nodiscard]] const FieldRange& range_of(FieldKind kind);

/// One part of the list that a field is, and where it stands. Views into what the caller holds.
struct CronPart {
    std::string_view cron; ///< the whole expression, for messages
    FieldKind kind;
    std::string_view text;

    /// Without a hint: what may stand in the field.
    [[nodiscard]] Failure wrong(const std::string& what, std::string hint = {}) const;

    /// A number or a name of the field, in any case. The failure is a hint where `word` is of another cron.
    [[nodiscard]] Result<int> value(std::string_view word) const;
};

/// Digits alone, as far as an int goes; anything else is -1.
[[nodiscard]] int cron_number(std::string_view text);

} // namespace crier::schedule
