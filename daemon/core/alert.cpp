#include "core/alert.hpp"

#include <algorithm>
#include <array>

namespace crier {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, alert_kinds> alert_names{"held",   "token", "fuse",  "source_down",
                                                                "silent", "store", "failed"};

constexpr std::array<std::string_view, 5> alert_words{"", "on", "still", "over", "test"};

/// Less than so many tell no rhythm.
constexpr std::size_t fewest_moments = 4;

} // namespace

std::string_view to_text(AlertKind kind) noexcept {
    return alert_names[static_cast<std::size_t>(kind)];
}

std::optional<AlertKind> parse_alert_kind(std::string_view text) noexcept {
    for (std::size_t i = 0; i < alert_names.size(); ++i)
        if (alert_names[i] == text)
            return static_cast<AlertKind>(i);
    return std::nullopt;
}

std::string_view to_text(AlertWord word) noexcept {
    return alert_words[static_cast<std::size_t>(word)];
}

AlertNext next_word(const AlertState& alert, Duration repeat) noexcept {
    if (alert.over)
        return {alert.told == Instant{} ? AlertWord::nothing : AlertWord::over, alert.since};
    if (alert.told == Instant{})
        return {AlertWord::on, alert.since};
    return {AlertWord::still, alert.told + repeat};
}

std::optional<Instant> silent_since(std::vector<Instant> moments, Duration silent_for, Instant now) {
    if (moments.size() < fewest_moments)
        return std::nullopt;
    std::sort(moments.begin(), moments.end());
    Duration longest{};
    for (std::size_t i = 1; i < moments.size(); ++i)
        longest = std::max(longest, moments[i] - moments[i - 1]);
    const Instant last = moments.back();
    if (now - last < std::max(silent_for, longest * 2))
        return std::nullopt;
    return last;
}

} // namespace crier
