#include "sandbox/state/settings.hpp"

#include <algorithm>

namespace crier::sandbox {
namespace {

struct KindRow {
    Kind kind;
    std::string_view name;
    std::string_view version;
};
constexpr KindRow kinds[] = {
    {Kind::mastodon_4_6, "mastodon-4.6", "4.6.4"},
    {Kind::mastodon_4_5, "mastodon-4.5", "4.5.9"},
    {Kind::mastodon_4_2, "mastodon-4.2", "4.2.17"},
    {Kind::gotosocial, "gotosocial", "0.19.2"},
    {Kind::pleroma, "pleroma", "2.7.2 (compatible; Pleroma 2.7.0)"},
};

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
};

const KindRow& row(Kind kind) {
    return *std::find_if(std::begin(kinds), std::end(kinds),
                         [&](const KindRow& r) { return r.kind == kind; });
}

} // namespace

IdStyle Settings::ids() const noexcept {
    return kind == Kind::gotosocial ? IdStyle::ulid
           : kind == Kind::pleroma  ? IdStyle::flake
                                    : IdStyle::snowflake;
}

void Settings::lift_rate_limits() {
    requests_per_5_minutes = user_requests_per_5_minutes = anonymous_per_5_minutes = 0;
    media_per_30_minutes = deletes_per_30_minutes = pages_per_15_minutes = 0;
    statuses_per_3_hours = apps_per_10_minutes = 0;
}

Settings settings_for(Kind kind) {
    Settings settings;
    settings.kind = kind;
    switch (kind) {
    case Kind::mastodon_4_6:
        break;
    case Kind::mastodon_4_5:
        settings.replay = ReplayMode::inflight_duplicate;
        settings.description_limit = 1500;
        settings.polls_with_media = false;
        break;
    case Kind::mastodon_4_2:
        settings.replay = ReplayMode::inflight_duplicate;
        settings.description_limit = 1500;
        settings.tell_description_limit = false;
        settings.polls_with_media = false;
        settings.drop_unknown_media = true;
        break;
    case Kind::gotosocial:
        settings.replay = ReplayMode::ignore;
        settings.characters = 5000;
        settings.characters_per_url = 25;
        settings.media_limit = 6;
        settings.description_limit = 1500;
        settings.default_visibility = "unlisted";
        settings.lift_rate_limits();
        settings.anonymous_per_5_minutes = 300; // for each address, with a token or without
        break;
    case Kind::pleroma:
        settings.replay = ReplayMode::errors;
        settings.characters = 5000;
        settings.tell_description_limit = false;
        settings.lift_rate_limits();
        break;
    }
    return settings;
}

std::optional<Kind> kind_named(std::string_view name) {
    for (const KindRow& one : kinds)
        if (one.name == name)
            return one.kind;
    return std::nullopt;
}

std::string_view name_of(Kind kind) {
    return row(kind).name;
}

const std::vector<std::string>& kind_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const KindRow& one : kinds)
            list.emplace_back(one.name);
        return list;
    }();
    return names;
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

std::string_view version_of(Kind kind) {
    return row(kind).version;
}

} // namespace crier::sandbox
