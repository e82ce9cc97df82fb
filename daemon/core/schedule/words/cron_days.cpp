#include "core/schedule/words/cron.hpp"
#include "core/schedule/words/phrases.hpp"
#include "core/text/number_words.hpp"

namespace crier::schedule {
namespace {

/// So many months and more in a row are a stretch of the year rather than a list.
constexpr std::size_t long_season = 4;

std::string ordinal_day(std::size_t day) {
    return text::ordinal(static_cast<std::int64_t>(day), "en");
}

bool any_day_of_month(const Cron& cron) {
    constexpr unsigned long all_days = 0xfffffffe;
    return (cron.days.to_ulong() & all_days) == all_days;
}

bool any_month(const Cron& cron) {
    return cron.months.count() == 12;
}

/// "the 1st, 15th and the last day of the month".
std::string by_number_words(const Cron& cron) {
    std::vector<std::string> named;
    if (cron.days.any()) {
        named = members(cron.days, ordinal_day);
        named.front().insert(0, "the ");
    }
    const FloatingDays& floating = cron.floating;
    for (std::size_t day = 1; day < floating.workdays.size(); ++day)
        if (floating.workdays[day])
            named.push_back("the working day nearest to the " + ordinal_day(day));
    for (std::size_t back = floating.from_end.size() - 1; back > 0; --back)
        if (floating.from_end[back])
            named.push_back("the day " + count_words(static_cast<std::int64_t>(back), "day") +
                            " before the last");
    if (floating.workdays[0])
        named.emplace_back("the last working day");
    if (floating.from_end[0])
        named.emplace_back("the last day");
    return enumerate(named) + (floating.workdays[0] || floating.from_end.any() ? " of the month" : "");
}

/// "the second Monday", as they come in a month.
std::vector<std::string> nth_weekday_names(const Cron& cron) {
    static constexpr std::string_view counted[] = {"first", "second", "third", "fourth", "fifth", "last"};
    std::vector<std::string> found;
    for (std::size_t nth = 0; nth < std::size(counted); ++nth)
        for (const std::size_t weekday : week_from_monday)
            if (cron.floating.nth_weekdays[7 * nth + weekday])
                found.push_back("the " + std::string{counted[nth]} + " " + weekday_name(weekday));
    return found;
}

std::string of_the_month(const Cron& cron) {
    return cron.floating.nth_weekdays.any() ? " of the month" : "";
}

/// "Mondays and the last Friday of the month".
std::string by_weekday_words(const Cron& cron) {
    std::vector<std::string> named;
    if (cron.weekdays.any())
        named.push_back(weekdays_words(cron.weekdays));
    for (std::string& name : nth_weekday_names(cron))
        named.push_back(std::move(name));
    return enumerate(named) + of_the_month(cron);
}

/// "a Monday or the last Friday of the month".
std::string one_weekday_words(const Cron& cron) {
    std::vector<std::string> named;
    for (const std::size_t weekday : week_from_monday)
        if (cron.weekdays[weekday])
            named.push_back("a " + weekday_name(weekday));
    for (std::string& name : nth_weekday_names(cron))
        named.push_back(std::move(name));
    return enumerate(named, "or") + of_the_month(cron);
}

std::vector<std::string> month_names(const Cron& cron) {
    std::vector<std::string> names;
    for (std::size_t month = 1; month <= 12; ++month)
        if (cron.months[month])
            names.push_back(month_name(month));
    return names;
}

std::string in_months(const Cron& cron) {
    if (any_month(cron))
        return {};
    const std::vector<std::string> names = month_names(cron);
    const bool season = neighbours(cron.months).size() == 1 && names.size() >= long_season;
    return season ? "from " + names.front() + " to " + names.back() : "in " + enumerate(names);
}

/// "on the 25th of December": where nothing but numbers stands before the months.
std::string by_number_in_months(const Cron& cron) {
    const bool numbers_alone = cron.floating.from_end.none() && cron.floating.workdays.none();
    std::string named = "on " + by_number_words(cron);
    if (any_month(cron))
        return named;
    return numbers_alone ? named + " of " + enumerate(month_names(cron)) : named + " " + in_months(cron);
}

std::string with_months(const std::string& named, const Cron& cron) {
    return any_month(cron) ? named : named + " " + in_months(cron);
}

} // namespace

std::string cron_day_words(const Cron& cron) {
    const bool any_number = any_day_of_month(cron);
    const bool any_weekday = cron.weekdays.all();
    const bool both = cron.days_star || cron.weekdays_star;
    // A field that names all days leaves nothing to the other where either is enough.
    if (both ? any_number && any_weekday : any_number || any_weekday)
        return in_months(cron);
    if (any_number)
        return with_months("on " + by_weekday_words(cron), cron);
    if (any_weekday)
        return by_number_in_months(cron);
    if (both)
        return by_number_in_months(cron) + ", but only if that is " + one_weekday_words(cron);
    return with_months("on " + by_number_words(cron) + " and on " + by_weekday_words(cron), cron);
}

} // namespace crier::schedule
