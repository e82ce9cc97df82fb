#include "core/schedule/cron/floating.hpp"

#include "core/ascii.hpp"

#include <string>

namespace crier::schedule {
namespace {

constexpr std::size_t last_of_month = 6; ///< stands behind the first to the fifth

Result<bool> add_day(const CronPart& part, const std::string& word, FloatingDays& floating) {
    if (word == "L") {
        floating.from_end.set(0);
        return true;
    }
    if (word == "LW") {
        floating.workdays.set(0);
        return true;
    }
    if (word == "W")
        return part.wrong("W goes with a day",
                          "15W is the working day nearest to the 15th, LW the last one of the month");
    if (word.find('#') != std::string::npos)
        return part.wrong("# goes with a weekday",
                          "MON#2 in the weekday field is the second Monday of the month");
    if (word.size() > 2 && word.substr(0, 2) == "L-") {
        const int back = cron_number(word.substr(2));
        if (back < 1 || back > 30)
            return part.wrong("L- goes with a number of days within 1 to 30",
                              "L-2 is two days before the month's last day");
        floating.from_end.set(static_cast<std::size_t>(back));
        return true;
    }
    const std::string_view before = std::string_view{word}.substr(0, word.size() - 1);
    if (word.back() == 'W' && cron_number(before) >= 0) {
        const Result<int> day = part.value(before);
        if (!day)
            return day.error();
        floating.workdays.set(static_cast<std::size_t>(*day));
        return true;
    }
    if (word.back() == 'L' && cron_number(before) >= 0)
        return part.wrong(
            "L behind a number is for weekdays",
            "the last day of the month is L, the third last L-2; the last Friday is FRIL, in the "
            "weekday field");
    const bool made_of_them = word.find_first_not_of("0123456789LW-/") == std::string::npos;
    if (made_of_them && word.find_first_of("LW") != std::string::npos)
        return part.wrong("L and W stand alone, without a range or a step", "as a list, such as L-2,L-1,L");
    return false;
}

Result<bool> add_weekday(const CronPart& part, const std::string& word, FloatingDays& floating) {
    const auto set = [&](std::string_view name, std::size_t nth) -> Result<bool> {
        const Result<int> weekday = part.value(name);
        if (!weekday)
            return weekday.error();
        floating.nth_weekdays.set(7 * (nth - 1) + static_cast<std::size_t>(*weekday % 7));
        return true;
    };
    const std::string_view view = word;
    const std::size_t hash = view.find('#');
    if ((hash != std::string::npos || (view.back() == 'L' && view.size() > 1)) &&
        view.find_first_of("-/") < hash)
        return part.wrong("# and L go with one weekday", "as a list, such as MON#2,TUE#2");
    if (hash != std::string::npos) {
        const int nth = cron_number(view.substr(hash + 1));
        if (nth < 1 || nth > 5)
            return part.wrong("behind # goes a number within 1 to 5",
                              "MON#2 is the second Monday of the month, MONL the last one");
        return set(view.substr(0, hash), static_cast<std::size_t>(nth));
    }
    if (view == "L")
        return part.wrong(
            "L alone says no weekday",
            "SAT is each Saturday, SATL the month's last one; the month's last day is L in the day "
            "field");
    if (view == "W" || view == "LW" ||
        (view.back() == 'W' && cron_number(view.substr(0, view.size() - 1)) >= 0))
        return part.wrong("W goes with a day of the month", "LW and 15W stand in the day field");
    if (view.back() == 'L')
        return set(view.substr(0, view.size() - 1), last_of_month);
    return false;
}

} // namespace

Result<bool> add_floating(const CronPart& part, FloatingDays& floating) {
    const std::string word = ascii::upper(part.text);
    switch (part.kind) {
    case FieldKind::day:
        return add_day(part, word, floating);
    case FieldKind::weekday:
        return add_weekday(part, word, floating);
    default:
        return false;
    }
}

} // namespace crier::schedule
