#include "calendar/options.hpp"

#include "calendar/zone_file.hpp"
#include "kit/ascii.hpp"
#include "kit/text.hpp"

#include <algorithm>

namespace crier::calendar {
namespace {

using namespace std::chrono;

constexpr std::size_t most_leads = 32;

constexpr crier_option calendar_options[] = {
    {"leads", "how long before an event to post, as a list: 1d, 1h, 1d12h, 0; after it: -10m (default: 0)"},
    {"at", "when on its day to post of an event that has no time (default: 09:00)"},
    {"timezone",
     "where days, and times without a zone, are (default: the calendar's X-WR-TIMEZONE, else UTC)"},
    {"horizon", "how far ahead posts are known, from 1h to 366d (default: 8d)"},
    {"end", "true: leads count from the end of an event (default: false)"},
    {"private", "true: with events of CLASS:PRIVATE or CONFIDENTIAL (default: false)"},
};

[[noreturn]] void refuse(const std::string& name, std::string_view value, const std::string& mend) {
    throw sdk::Error(name + ": \"" + std::string{value} + "\" " + mend);
}

bool read_bool(const std::string& name, std::string_view value) {
    if (value != "true" && value != "false")
        refuse(name, value, "is neither true nor false");
    return value == "true";
}

minutes read_time_of_day(const std::string& name, std::string_view value) {
    const std::size_t colon = std::min(value.find(':'), value.size());
    const auto number = [&](std::string_view digits, int most) {
        int read = digits.empty() || digits.size() > 2 ? most + 1 : 0;
        for (const char c : digits.substr(0, 2))
            read = kit::is_digit(c) ? read * 10 + (c - '0') : most + 1;
        return read <= most ? std::optional{read} : std::nullopt;
    };
    const auto h = number(value.substr(0, colon), 23);
    const auto m = number(value.substr(std::min(colon + 1, value.size())), 59);
    if (!h || !m)
        refuse(name, value, "is no time of day such as \"09:00\"");
    return hours{*h} + minutes{*m};
}

void add_lead(std::string_view value, std::vector<Lead>& leads) {
    const auto lead = read_lead(value);
    if (!lead)
        refuse("leads", value,
               "is no time before an event: write 30m, 2h, 1d, 1w or a sum such as 1d12h, up to 366d; 0 for "
               "when it begins, -10m for ten minutes later");
    const auto same = [&](const Lead& other) { return other.text() == lead->text(); };
    if (std::none_of(leads.begin(), leads.end(), same))
        leads.push_back(*lead);
    if (leads.size() > most_leads)
        throw sdk::Error("leads: there are more than " + std::to_string(most_leads) +
                         "; each is a post of its own for each event");
}

seconds read_horizon(std::string_view value) {
    const auto span = read_lead(value);
    if (!span || span->span.days + span->span.rest < hours{1})
        refuse("horizon", value, "is no time from 1h to 366d, such as 8d");
    return span->span.days + span->span.rest;
}

std::string read_timezone(const std::string& value) {
    if (!system_zone(value, year{2037}))
        refuse("timezone", value,
               "is no zone that this system knows: write a name such as Europe/Berlin (timedatectl "
               "list-timezones shows all), and see that tzdata is installed");
    return value;
}

} // namespace

std::span<const crier_option> option_table() {
    return calendar_options;
}

Options read_options(const sdk::Settings& settings) {
    Options read;
    for (const auto& [name, raw] : settings) {
        const std::string value{kit::trimmed(raw)};
        if (name == "leads")
            add_lead(value, read.leads);
        else if (name == "at")
            read.at = read_time_of_day(name, value);
        else if (name == "timezone")
            read.timezone = read_timezone(value);
        else if (name == "horizon")
            read.horizon = read_horizon(value);
        else if (name == "end")
            read.from_end = read_bool(name, value);
        else if (name == "private")
            read.with_secret = read_bool(name, value);
    }
    if (read.leads.empty())
        read.leads.emplace_back();
    return read;
}

} // namespace crier::calendar
