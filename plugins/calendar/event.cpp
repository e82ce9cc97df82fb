#include "calendar/event.hpp"

#include "kit/ascii.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <charconv>

namespace crier::calendar {

std::string Event::name() const {
    return "\"" + shown(item.title.empty() ? uid : item.title) + "\"";
}

namespace {

constexpr std::size_t most_media = 32;
constexpr std::size_t most_categories = 64;

/// False: the value is not understood; an empty `wanted` of the table means that this cannot be.
using Take = bool (*)(const Line& line, Event& event);

void take_language(const Line& line, Event& event) {
    if (event.item.language.empty())
        event.item.language = parameter(line, "LANGUAGE");
}

bool take_summary(const Line& line, Event& event) {
    event.item.title = kit::one_line(unescaped(line.value));
    take_language(line, event);
    return true;
}

bool take_description(const Line& line, Event& event) {
    event.item.content = kit::trimmed(unescaped(line.value));
    take_language(line, event);
    return true;
}

bool take_location(const Line& line, Event& event) {
    event.item.summary = kit::trimmed(unescaped(line.value));
    return true;
}

bool take_url(const Line& line, Event& event) {
    if (const std::string_view address = kit::trimmed(line.value); kit::is_web_address(address))
        event.item.link = address;
    return true; // there are others than of the web
}

bool take_organizer(const Line& line, Event& event) {
    event.item.author = kit::one_line(parameter(line, "CN"));
    return true;
}

bool take_categories(const Line& line, Event& event) {
    for (const std::string_view text : listed(line.value))
        if (std::string word = kit::one_line(unescaped(text));
            !word.empty() && event.item.categories.size() < most_categories)
            event.item.categories.push_back(std::move(word));
    return true;
}

void take_medium(std::string_view address, std::string type, Event& event) {
    address = kit::trimmed(address);
    if (kit::is_web_address(address) && event.item.media.size() < most_media)
        event.item.media.push_back({std::string{address}, std::move(type), {}, "enclosure", {}});
}

bool take_attachment(const Line& line, Event& event) {
    // Most of what is attached is no picture.
    if (std::string type = parameter(line, "FMTTYPE"); kit::same_but_case(type.substr(0, 6), "IMAGE/"))
        take_medium(line.value, std::move(type), event);
    return true;
}

bool take_image(const Line& line, Event& event) {
    std::string type = parameter(line, "FMTTYPE");
    take_medium(line.value, type.empty() ? "image/*" : std::move(type), event);
    return true;
}

template <auto Member>
bool take_time(const Line& line, Event& event) {
    event.*Member = read_when(line.value, parameter(line, "TZID"));
    return (event.*Member).has_value();
}

bool take_duration(const Line& line, Event& event) {
    event.duration = read_span(line.value);
    return event.duration.has_value();
}

bool take_replaced(const Line& line, Event& event) {
    event.and_later = kit::same_but_case(parameter(line, "RANGE"), "THISANDFUTURE");
    event.broken = !take_time<&Event::replaces>(line, event);
    return !event.broken;
}

bool take_excluded(const Line& line, Event& event) {
    const std::string zone = parameter(line, "TZID");
    bool good = true;
    for (const std::string_view text : listed(line.value)) {
        if (auto when = read_when(text, zone))
            event.excluded.push_back(std::move(*when));
        else
            good = kit::trimmed(text).empty() && good;
    }
    return good;
}

bool take_extra(const Line& line, Event& event) {
    const std::string zone = parameter(line, "TZID");
    bool good = true;
    for (const std::string_view text : listed(line.value)) {
        const std::size_t slash = std::min(text.find('/'), text.size());
        auto start = read_when(text.substr(0, slash), zone);
        if (!start) {
            good = kit::trimmed(text).empty() && good;
            continue;
        }
        ExtraDate date{std::move(*start), std::nullopt, std::nullopt};
        if (slash < text.size()) {
            date.end = read_when(text.substr(slash + 1), zone);
            date.duration = read_span(text.substr(slash + 1));
            good = good && (date.end || date.duration);
        }
        event.extra.push_back(std::move(date));
    }
    return good;
}

bool take_status(const Line& line, Event& event) {
    event.cancelled = kit::same_but_case(kit::trimmed(line.value), "CANCELLED");
    return true;
}

bool take_class(const Line& line, Event& event) {
    // What is not known is to be treated as private (RFC 5545, 3.8.1.3).
    event.secret = !kit::same_but_case(kit::trimmed(line.value), "PUBLIC");
    return true;
}

bool take_uid(const Line& line, Event& event) {
    event.uid = kit::one_line(unescaped(line.value));
    return true;
}

bool take_sequence(const Line& line, Event& event) {
    const std::string_view text = kit::trimmed(line.value);
    return std::from_chars(text.data(), text.data() + text.size(), event.sequence).ec == std::errc{};
}

constexpr std::string_view a_time = "a time such as 20261201T090000 or 20261201";
constexpr std::string_view some_times = "times such as 20261201T090000 or 20261201";

constexpr struct {
    std::string_view name;
    std::string_view wanted;
    Take take;
} properties[] = {
    {"SUMMARY", "", &take_summary},
    {"DESCRIPTION", "", &take_description},
    {"LOCATION", "", &take_location},
    {"URL", "", &take_url},
    {"ORGANIZER", "", &take_organizer},
    {"CATEGORIES", "", &take_categories},
    {"ATTACH", "", &take_attachment},
    {"IMAGE", "", &take_image},
    {"DTSTART", a_time, &take_time<&Event::start>},
    {"DTEND", a_time, &take_time<&Event::end>},
    {"DURATION", "a duration such as PT1H30M", &take_duration},
    {"RDATE", some_times, &take_extra},
    {"EXDATE", some_times, &take_excluded},
    {"RECURRENCE-ID", a_time, &take_replaced},
    {"STATUS", "", &take_status},
    {"CLASS", "", &take_class},
    {"UID", "", &take_uid},
    {"SEQUENCE", "a whole number", &take_sequence},
    {"DTSTAMP", a_time, &take_time<&Event::stamp>},
};

void take_rule(const Line& line, const std::string& name, std::vector<Rule>& rules, Warnings& warnings) {
    std::string trouble;
    if (auto rule = read_rule(line.value, trouble))
        rules.push_back(std::move(*rule));
    else
        warnings.say(line.number, name + ": " + trouble + "; the rule was left out");
}

} // namespace

void take_property(const Line& line, Event& event, Warnings& warnings) {
    const std::string name = kit::capitals(line.name);
    if (name == "RRULE" || name == "EXRULE") {
        take_rule(line, name, name == "RRULE" ? event.rules : event.without, warnings);
        // Rather none than those that were taken out.
        event.broken = event.broken || (name == "EXRULE" && event.without.empty());
        return;
    }
    for (const auto& [known, wanted, take] : properties)
        if (name == known) {
            if (!take(line, event))
                warnings.say(line.number, name + " must be " + std::string{wanted} + ", and is \"" +
                                              shown(line.value) + "\"; it was left out");
            return;
        }
}

} // namespace crier::calendar
