#include "cron_expressions.hpp"

#include <algorithm>
#include <cstdlib>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using Kind = FloatingPart::Kind;

const std::vector<std::string> month_names{"jan", "FEB", "Mar", "APR", "may", "JUN",
                                           "jul", "AUG", "sep", "OCT", "nov", "DEC"};
const std::vector<std::string> weekday_names{"SUN", "mon", "Tue", "WED", "thu", "FRI", "sat"};

int pick(std::mt19937& random, int least, int most) {
    return std::uniform_int_distribution<int>{least, most}(random);
}

bool chance(std::mt19937& random, int percent) {
    return pick(random, 0, 99) < percent;
}

/// Writes a field and marks what it means.
struct FieldWriter {
    std::mt19937& random;
    int least;
    int most;
    bool* values;
    const std::vector<std::string>* names = nullptr;
    std::string text{};
    bool star = false;

    std::string written(int value) {
        if (names != nullptr && chance(random, 50))
            return (*names)[static_cast<std::size_t>(value - least)];
        return value == 0 && names == &weekday_names && chance(random, 30) ? "7" : std::to_string(value);
    }

    void add(const std::string& part) { text += (text.empty() ? "" : ",") + part; }

    void mark(int from, int to, int step) {
        for (int value = from; value <= to; value += step)
            values[value] = true;
    }

    void add_star() {
        const int step = chance(random, 50) ? 1 : pick(random, 2, std::max(2, (most - least) / 2));
        add(step == 1 ? "*" : "*/" + std::to_string(step));
        star = star || text.front() == '*';
        mark(least, most, step);
    }

    void add_numbers() {
        const int from = pick(random, least, most);
        if (chance(random, 50)) {
            mark(from, from, 1);
            return add(written(from));
        }
        const int step = pick(random, 1, 3);
        if (chance(random, 15)) {
            mark(from, most, step);
            // A 7 that goes on would be the end of the week, not its begin.
            return add(std::to_string(from) + "/" + std::to_string(step));
        }
        const int to = pick(random, from, most);
        mark(from, to, step);
        // SUN-SUN and 0-7 are not the same.
        add((from == 0 ? std::to_string(from) : written(from)) + "-" +
            (to == 0 ? std::to_string(to) : written(to)) + (step == 1 ? "" : "/" + std::to_string(step)));
    }
};

void write_floating_day(FieldWriter& field, std::vector<FloatingPart>& parts) {
    std::mt19937& random = field.random;
    switch (pick(random, 0, 3)) {
    case 0:
        parts.push_back({Kind::from_end, 0, 0});
        return field.add(chance(random, 50) ? "L" : "l");
    case 1:
        parts.push_back({Kind::from_end, pick(random, 1, 30), 0});
        return field.add("L-" + std::to_string(parts.back().number));
    case 2:
        parts.push_back({Kind::last_workday, 0, 0});
        return field.add(chance(random, 50) ? "LW" : "lw");
    default:
        parts.push_back({Kind::workday, chance(random, 30) ? 1 : pick(random, 1, 31), 0});
        return field.add(std::to_string(parts.back().number) + (chance(random, 50) ? "W" : "w"));
    }
}

void write_floating_weekday(FieldWriter& field, std::vector<FloatingPart>& parts) {
    const int weekday = pick(field.random, 0, 6);
    if (chance(field.random, 40)) {
        parts.push_back({Kind::last_weekday, 0, weekday});
        return field.add(field.written(weekday) + (chance(field.random, 50) ? "L" : "l"));
    }
    parts.push_back({Kind::nth_weekday, pick(field.random, 1, 5), weekday});
    field.add(field.written(weekday) + "#" + std::to_string(parts.back().number));
}

template <class WriteFloating>
void write_day_field(FieldWriter& field, WriteFloating write_floating) {
    if (chance(field.random, 50)) {
        field.add_star();
        if (chance(field.random, 10))
            write_floating();
        return;
    }
    for (int parts = pick(field.random, 1, 3); parts > 0; --parts)
        if (chance(field.random, 45))
            write_floating();
        else
            field.add_numbers();
}

void write_field(FieldWriter& field, int star_percent, int most_parts) {
    if (chance(field.random, star_percent))
        return field.add_star();
    for (int parts = pick(field.random, 1, most_parts); parts > 0; --parts)
        field.add_numbers();
}

bool is_workday(local_days day) {
    const std::chrono::weekday weekday{day};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

/// Of the working days of the month that is meant, the one nearest to its day `number`.
bool is_nearest_workday(local_days day, local_days first, local_days last, int number) {
    const local_days wanted = first + days{number - 1};
    if (wanted > last || !is_workday(day))
        return false;
    for (local_days other = first; other <= last; other += days{1})
        if (is_workday(other) && std::abs((other - wanted).count()) < std::abs((day - wanted).count()))
            return false;
    return true;
}

bool is_last_workday(local_days day, local_days last) {
    while (!is_workday(last))
        last -= days{1};
    return day == last;
}

bool floats_onto(const FloatingPart& part, local_days day) {
    const std::chrono::year_month_day date{day};
    const local_days first{date.year() / date.month() / 1};
    const local_days last{date.year() / date.month() / std::chrono::last};
    const bool on_weekday = static_cast<int>(std::chrono::weekday{day}.c_encoding()) == part.weekday;
    switch (part.kind) {
    case Kind::from_end:
        return day == last - days{part.number};
    case Kind::last_workday:
        return is_last_workday(day, last);
    case Kind::workday:
        return is_nearest_workday(day, first, last, part.number);
    case Kind::nth_weekday:
        return on_weekday && (day - first) / days{7} + 1 == part.number;
    case Kind::last_weekday:
        return on_weekday && day + days{7} > last;
    }
    return false;
}

} // namespace

Expression random_expression(std::mt19937& random) {
    Expression e;
    FieldWriter seconds{random, 0, 59, e.seconds};
    FieldWriter minutes{random, 0, 59, e.minutes};
    FieldWriter hours{random, 0, 23, e.hours};
    FieldWriter in_month{random, 1, 31, e.days};
    FieldWriter months{random, 1, 12, e.months, &month_names};
    FieldWriter weekdays{random, 0, 6, e.weekdays, &weekday_names};
    const bool with_seconds = chance(random, 15);
    if (!with_seconds)
        e.seconds[0] = true;
    else // few of them, so that other fields have their turn
        for (int parts = pick(random, 1, 3); parts > 0; --parts) {
            const int second = pick(random, 0, 59);
            seconds.add(std::to_string(second));
            seconds.mark(second, second, 1);
        }
    write_field(minutes, 15, 3);
    write_field(hours, 50, 3);
    write_day_field(in_month, [&] { write_floating_day(in_month, e.floating_days); });
    write_field(months, 80, 3);
    write_day_field(weekdays, [&] { write_floating_weekday(weekdays, e.floating_weekdays); });
    e.text = (with_seconds ? seconds.text + " " : "") + minutes.text + " " + hours.text + " " +
             in_month.text + " " + months.text + " " + weekdays.text;
    e.hours_star = hours.star;
    e.days_star = in_month.star;
    e.weekdays_star = weekdays.star;
    return e;
}

Expression daily_expression(const std::string& minute_field, const std::vector<int>& minutes,
                            const std::string& hour_field, const std::vector<int>& hours) {
    Expression e;
    e.text = minute_field + " " + hour_field + " * * *";
    e.seconds[0] = true;
    for (const int minute : minutes)
        e.minutes[minute] = true;
    for (const int hour : hours)
        e.hours[hour] = true;
    std::fill(std::begin(e.days) + 1, std::end(e.days), true);
    std::fill(std::begin(e.months) + 1, std::end(e.months), true);
    std::fill(std::begin(e.weekdays), std::end(e.weekdays), true);
    e.hours_star = hour_field.front() == '*';
    e.days_star = true;
    e.weekdays_star = true;
    return e;
}

bool fires_on(const Expression& e, local_days day) {
    const std::chrono::year_month_day date{day};
    if (!e.months[static_cast<unsigned>(date.month())])
        return false;
    bool in_days = e.days[static_cast<unsigned>(date.day())];
    for (const FloatingPart& part : e.floating_days)
        in_days = in_days || floats_onto(part, day);
    bool in_weekdays = e.weekdays[std::chrono::weekday{day}.c_encoding()];
    for (const FloatingPart& part : e.floating_weekdays)
        in_weekdays = in_weekdays || floats_onto(part, day);
    return e.days_star || e.weekdays_star ? in_days && in_weekdays : in_days || in_weekdays;
}

} // namespace crier::schedule
