#include "sandbox/api/control.hpp"
#include "sandbox/api/params.hpp"
#include "sandbox/api/reply.hpp"

#include <utility>
#include <variant>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

using Member = std::variant<bool Settings::*, std::size_t Settings::*, std::int64_t Settings::*,
                            std::string Settings::*>;

struct Row {
    std::string_view name;
    Member member;
};

const Row rows[] = {
    {"characters", &Settings::characters},
    {"characters_per_url", &Settings::characters_per_url},
    {"media_limit", &Settings::media_limit},
    {"description_limit", &Settings::description_limit},
    {"tell_description_limit", &Settings::tell_description_limit},
    {"poll_options", &Settings::poll_options},
    {"poll_option_characters", &Settings::poll_option_characters},
    {"poll_least_seconds", &Settings::poll_least_seconds},
    {"poll_most_seconds", &Settings::poll_most_seconds},
    {"image_bytes", &Settings::image_bytes},
    {"video_bytes", &Settings::video_bytes},
    {"image_pixels", &Settings::image_pixels},
    {"gif_pixels", &Settings::gif_pixels},
    {"video_pixels", &Settings::video_pixels},
    {"frame_rate", &Settings::frame_rate},
    {"processing_seconds", &Settings::processing_seconds},
    {"body_bytes", &Settings::body_bytes},
    {"pins", &Settings::pins},
    {"limited_federation", &Settings::limited_federation},
    {"silenced", &Settings::silenced},
    {"drop_unknown_media", &Settings::drop_unknown_media},
    {"stale_lists", &Settings::stale_lists},
    {"instance_v2", &Settings::instance_v2},
    {"media_v2", &Settings::media_v2},
    {"polls_with_media", &Settings::polls_with_media},
    {"language", &Settings::language},
    {"default_visibility", &Settings::default_visibility},
    {"requests_per_5_minutes", &Settings::requests_per_5_minutes},
    {"user_requests_per_5_minutes", &Settings::user_requests_per_5_minutes},
    {"anonymous_per_5_minutes", &Settings::anonymous_per_5_minutes},
    {"media_per_30_minutes", &Settings::media_per_30_minutes},
    {"deletes_per_30_minutes", &Settings::deletes_per_30_minutes},
    {"pages_per_15_minutes", &Settings::pages_per_15_minutes},
    {"statuses_per_3_hours", &Settings::statuses_per_3_hours},
    {"apps_per_10_minutes", &Settings::apps_per_10_minutes},
};

bool put(Settings& settings, bool Settings::*member, const json::value& value) {
    if (!value.is_bool())
        return false;
    settings.*member = value.get_bool();
    return true;
}

bool put(Settings& settings, std::string Settings::*member, const json::value& value) {
    if (!value.is_string())
        return false;
    settings.*member = std::string{value.get_string()};
    return true;
}

template <class Number>
bool put(Settings& settings, Number Settings::*member, const json::value& value) {
    if (!value.is_int64() || value.get_int64() < 0)
        return false;
    settings.*member = static_cast<Number>(value.get_int64());
    return true;
}

std::vector<std::string_view> names() {
    std::vector<std::string_view> list{"kind", "replay_mode", "rate_limits"};
    for (const Row& row : rows)
        list.push_back(row.name);
    return list;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : ", ") + text;
    return list;
}

/// Those that are more than one value. Empty: good.
std::string put_special(Settings& settings, const Params& fields) {
    if (const auto name = fields.text("kind")) {
        const auto kind = kind_named(*name);
        if (!kind)
            return "`kind` must be one of " + joined(kind_names());
        settings = settings_for(*kind);
    }
    if (const auto name = fields.text("replay_mode")) {
        const auto mode = replay_named(*name);
        if (!mode)
            return "`replay_mode` must be wait_503, inflight_duplicate, 500, ignore, errors or refused";
        settings.replay = *mode;
    }
    if (fields.boolean("rate_limits") == false)
        settings.lift_rate_limits();
    return {};
}

} // namespace

Response get_settings(Control& control) {
    const Settings& settings = control.world.settings;
    json::object body;
    body["kind"] = name_of(settings.kind);
    body["replay_mode"] = name_of(settings.replay);
    for (const Row& row : rows)
        std::visit([&](auto member) { body[row.name] = settings.*member; }, row.member);
    return json_reply(body);
}

/// All of them, or none.
Response put_settings(Control& control) {
    Response refused;
    if (!only_known(control.body, names(), refused))
        return refused;
    Params fields;
    fields.tree = control.body;
    Settings settings = control.world.settings;
    if (const std::string wrong = put_special(settings, fields); !wrong.empty())
        return control_error("the settings stay as they were", wrong);
    for (const Row& row : rows) {
        const json::value* const value = control.body.if_contains(row.name);
        const auto fits = [&](auto member) { return put(settings, member, *value); };
        if (value != nullptr && !std::visit(fits, row.member))
            return control_error("`" + std::string{row.name} + "` has the wrong type",
                                 "GET /sandbox/settings shows each as it is");
    }
    if (settings.stale_lists && !control.world.settings.stale_lists)
        control.world.stale_since = control.now;
    else if (!settings.stale_lists)
        control.world.stale_since.reset();
    control.world.settings = std::move(settings);
    return get_settings(control);
}

} // namespace crier::sandbox
