#include "sandbox/state/settings.hpp"

namespace crier::sandbox {
namespace {

struct ReplayRow {
    ReplayMode mode;
    std::string_view name;
    std::string_view other_name;
};
constexpr ReplayRow replays[] = {
    {ReplayMode::wait_503, "wait_503", "503_wait"},
    {ReplayMode::inflight_duplicate, "inflight_duplicate", "inflight_duplicate"},
    {ReplayMode::error_500, "500", "error_500"},
    {ReplayMode::ignore, "ignore", "ignore"},
    {ReplayMode::errors, "errors", "errors"},
    {ReplayMode::refused, "refused", "400"},
};

} // namespace

void Limits::lift_rate_limits() {
    requests_per_5_minutes = user_requests_per_5_minutes = anonymous_per_5_minutes = 0;
    media_per_30_minutes = deletes_per_30_minutes = pages_per_15_minutes = 0;
    statuses_per_3_hours = apps_per_10_minutes = 0;
}

Settings settings_for(Kind kind) {
    const Facts& facts = facts_of(kind);
    Settings settings;
    static_cast<Limits&>(settings) = facts.limits;
    settings.kind = kind;
    settings.replay = facts.replay;
    return settings;
}

std::optional<ReplayMode> replay_named(std::string_view name) {
    for (const ReplayRow& one : replays)
        if (one.name == name || one.other_name == name)
            return one.mode;
    return std::nullopt;
}

std::string_view name_of(ReplayMode mode) {
    for (const ReplayRow& one : replays)
        if (one.mode == mode)
            return one.name;
    return {};
}

} // namespace crier::sandbox
