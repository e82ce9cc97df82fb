#include "plugin/look_json.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace crier::plugin {

namespace json = boost::json;

namespace {

std::optional<std::int64_t> whole_number(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? std::optional{value->get_int64()} : std::nullopt;
}

std::uint32_t bits(const json::object& object, const char* key) {
    return static_cast<std::uint32_t>(whole_number(object, key).value_or(0));
}

void put_time(json::object& object, const char* key, const std::optional<Instant>& when) {
    if (when)
        object[key] = std::int64_t{when->time_since_epoch().count()};
}

std::optional<Instant> time_at(const json::object& object, const char* key) {
    const auto number = whole_number(object, key);
    return number ? std::optional{Instant{Duration{*number}}} : std::nullopt;
}

} // namespace

json::object to_json(const LookRule& rule) {
    json::object object;
    if (rule.step != Duration{})
        object["step"] = std::int64_t{rule.step.count()};
    put_time(object, "base", rule.base);
    if (rule.skip_hours != 0)
        object["skip_hours"] = std::int64_t{rule.skip_hours};
    if (rule.skip_days != 0)
        object["skip_days"] = std::int64_t{rule.skip_days};
    return object;
}

LookRule look_rule_of(const json::object& object) {
    LookRule rule;
    rule.step = Duration{whole_number(object, "step").value_or(0)};
    rule.base = time_at(object, "base");
    rule.skip_hours = bits(object, "skip_hours");
    rule.skip_days = bits(object, "skip_days");
    return rule;
}

json::object to_json(const Hub& hub) {
    json::object object;
    object["url"] = hub.url;
    object["topic"] = hub.topic;
    return object;
}

Hub hub_of(const json::object& object) {
    const auto said = [&](const char* key) {
        const json::value* value = object.if_contains(key);
        return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
    };
    return Hub{said("url"), said("topic")};
}

json::object to_json(const Rhythm& rhythm) {
    json::object object;
    put_time(object, "newest", rhythm.newest);
    object["gap"] = std::int64_t{rhythm.gap.count()};
    return object;
}

Rhythm rhythm_from(const json::object& object) {
    Rhythm rhythm;
    rhythm.newest = time_at(object, "newest");
    rhythm.gap = Duration{whole_number(object, "gap").value_or(0)};
    return rhythm;
}

} // namespace crier::plugin
