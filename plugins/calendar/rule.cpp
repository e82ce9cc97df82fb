#include "calendar/rule.hpp"

#include "calendar/warnings.hpp"
#include "kit/ascii.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace crier::calendar {
namespace {

constexpr std::array<std::string_view, 7> frequencies{"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                                      "WEEKLY",   "MONTHLY",  "YEARLY"};
constexpr std::array<std::string_view, 7> weekday_names{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

/// All 7 with all their numbers, once: each day is held against the list.
constexpr std::size_t most_weekdays = 749;

std::optional<int> read_number(std::string_view text, int least, int most) {
    if (text.substr(0, 1) == "+")
        text.remove_prefix(1);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
        return std::nullopt;
    return value;
}

std::optional<std::size_t> index_of(std::string_view text, const std::array<std::string_view, 7>& names) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](std::string_view name) { return kit::same_but_case(text, name); });
    if (found == names.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

/// Where a list of numbers goes, and what they may be; `from_end`: below zero too, and then not 0.
struct NumberList {
    std::string_view name;
    std::vector<int> Rule::*list;
    int least;
    int most;
    bool from_end;
};

constexpr NumberList number_lists[] = {
    {"BYSECOND", &Rule::seconds, 0, 60, false},     {"BYMINUTE", &Rule::minutes, 0, 59, false},
    {"BYHOUR", &Rule::hours, 0, 23, false},         {"BYMONTH", &Rule::months, 1, 12, false},
    {"BYMONTHDAY", &Rule::month_days, 1, 31, true}, {"BYYEARDAY", &Rule::year_days, 1, 366, true},
    {"BYWEEKNO", &Rule::weeks, 1, 53, true},        {"BYSETPOS", &Rule::positions, 1, 366, true},
};

bool take_numbers(const NumberList& kind, std::string_view value, Rule& rule) {
    std::vector<int>& list = rule.*kind.list;
    for (const std::string_view text : listed(value)) {
        const auto number = read_number(text, kind.from_end ? -kind.most : kind.least, kind.most);
        if (!number || (kind.from_end && *number == 0))
            return false;
        list.push_back(*number);
    }
    if (kind.list == &Rule::seconds)
        std::replace(list.begin(), list.end(), 60, 59);
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return true;
}

bool take_weekdays(std::string_view value, Rule& rule) {
    for (const std::string_view text : listed(value)) {
        if (text.size() < 2)
            return false;
        const auto day = index_of(text.substr(text.size() - 2), weekday_names);
        const std::string_view number = text.substr(0, text.size() - 2);
        const auto nth = number.empty() ? 0 : read_number(number, -53, 53);
        if (!day || !nth || (!number.empty() && *nth == 0) || rule.weekdays.size() == most_weekdays)
            return false;
        rule.weekdays.push_back({std::chrono::weekday{static_cast<unsigned>(*day)}, *nth});
    }
    return true;
}

bool take_other(std::string_view name, std::string_view value, Rule& rule) {
    if (name == "FREQ" || name == "WKST") {
        const auto index = index_of(value, name == "FREQ" ? frequencies : weekday_names);
        if (index && name == "FREQ")
            rule.every = static_cast<Rule::Every>(*index);
        else if (index)
            rule.week_start = std::chrono::weekday{static_cast<unsigned>(*index)};
        return index.has_value();
    }
    if (name == "INTERVAL" || name == "COUNT") {
        const auto number = read_number(value, 1, 1'000'000'000);
        if (number)
            (name == "COUNT" ? rule.count : rule.interval) = *number;
        return number.has_value();
    }
    if (name == "UNTIL") {
        rule.until = read_when(value, {});
        return rule.until.has_value();
    }
    return name == "BYDAY"    ? take_weekdays(value, rule)
           : name == "RSCALE" ? kit::same_but_case(value, "GREGORIAN")
           : name == "SKIP"   ? kit::same_but_case(value, "OMIT")
                              : false;
}

bool take_part(std::string_view name, std::string_view value, Rule& rule) {
    for (const NumberList& kind : number_lists)
        if (name == kind.name)
            return take_numbers(kind, value, rule);
    return take_other(name, value, rule);
}

} // namespace

std::optional<Rule> read_rule(std::string_view value, std::string& trouble) {
    Rule rule;
    bool has_frequency = false;
    for (std::string_view part : listed(value, ';')) {
        part = kit::trimmed(part);
        if (part.empty())
            continue;
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string name = kit::capitals(part.substr(0, equals));
        has_frequency = has_frequency || name == "FREQ";
        if (!take_part(name, part.substr(std::min(equals + 1, part.size())), rule)) {
            trouble = "\"" + shown(part) + "\" is not understood";
            return std::nullopt;
        }
    }
    if (has_frequency)
        return rule;
    trouble = "it has no FREQ";
    return std::nullopt;
}

} // namespace crier::calendar
