#include "bench/next_cost.hpp"

#include "bench/peers/python_rules.hpp"
#include "bench/report.hpp"
#include "core/schedule/calendar.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace crier::bench {
namespace {

using namespace std::chrono_literals;
using schedule::Calendar;
using schedule::Zone;

constexpr int evaluations = 1'000'000;

/// From firing to firing, as the planner goes, over these years and again from their begin.
constexpr Instant years_begin{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
constexpr Instant years_end{std::chrono::sys_days{std::chrono::year{2036} / 1 / 1}};

struct Case {
    std::string name;
    Calendar calendar;
    std::string peer;      ///< the library in Python that knows such rules; empty: none does
    std::string peer_rule; ///< as that writes it
};

Case cron(const std::string& text) {
    return {"cron " + text, Calendar{schedule::Cron::parse(text).value()}, "croniter", text};
}

Case every(const std::string& name, Duration period) {
    return {"every " + name, Calendar{schedule::Every{period, 7min}}, {}, {}};
}

Case list_of_moments() {
    schedule::At at;
    for (int i = 1; i <= 100; ++i)
        at.instants.push_back(years_begin + i * (years_end - years_begin) / 101);
    return {"at, a list of 100", Calendar{std::move(at)}, {}, {}};
}

Case spread(bool random) {
    schedule::Spread rule;
    rule.posts = 5;
    rule.from = 9h;
    rule.to = 21h;
    rule.random = random;
    rule.seed = "drink-water";
    return {random ? "spread of 5, random" : "spread of 5, even", Calendar{std::move(rule)}, {}, {}};
}

Case rrule(const std::string& text, const Zone& zone) {
    const schedule::LocalTime start{std::chrono::local_days{std::chrono::year{2026} / 1 / 1} + 9h};
    return {"rrule " + text, Calendar{schedule::Recurrence::parse(text, start, zone).value()}, "dateutil",
            text};
}

Case with_exceptions() {
    Calendar calendar{schedule::Cron::parse("0 9 * * *").value()};
    calendar.weekdays.reset(0).reset(6);
    for (const char* text : {"12-01..02-28", "06-01..08-31"})
        calendar.only.add(text).value();
    for (const char* text : {"12-25", "12-31..01-02", "2026-07-01..2026-07-14"})
        calendar.except.add(text).value();
    return {"cron 0 9 * * * with only, except and weekdays", std::move(calendar), {}, {}};
}

std::vector<Case> cases(const Zone& zone) {
    std::vector<Case> list;
    for (const char* text : {"0 9 * * MON", "*/15 * * * *", "0 12 LW * *", "0 0 29 2 *"})
        list.push_back(cron(text));
    list.push_back(every("6h", 6h));
    list.push_back(every("2d", 48h));
    list.push_back(list_of_moments());
    list.push_back(spread(false));
    list.push_back(spread(true));
    list.push_back(rrule("FREQ=WEEKLY;BYDAY=MO,TH", zone));
    list.push_back(rrule("FREQ=MONTHLY;BYDAY=2TU", zone));
    list.push_back(with_exceptions());
    return list;
}

/// Nanoseconds. Throws when the rule has no firing in these years: then nothing was measured.
double cost_of(const Calendar& calendar, const Zone& zone) {
    int fired = 0;
    Instant after = years_begin;
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < evaluations; ++i) {
        const auto next = next_after(calendar, zone, after);
        const bool within = next && *next < years_end;
        fired += within ? 1 : 0;
        after = within ? *next : years_begin;
    }
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begun;
    if (fired == 0)
        throw std::runtime_error("a rule that is to be measured never fires");
    return taken.count() / evaluations;
}

} // namespace

void next_costs() {
    std::vector<PythonRule> rules;
    std::vector<Figure> figures;
    for (const char* name : {"UTC", "Europe/Berlin"}) {
        const Zone zone = Zone::find(name).value();
        for (const Case& one : cases(zone)) {
            Figure figure;
            figure.name = "next: " + one.name + ", " + name;
            figure.value = cost_of(one.calendar, zone);
            figure.unit = "ns";
            figure.peer = one.peer;
            figures.push_back(std::move(figure));
            rules.push_back({one.peer, one.peer_rule, name});
        }
    }
    const std::vector<std::optional<double>> peers = python_costs(rules);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        figures[i].peer_value = peers.at(i);
        if (!figures[i].peer_value)
            figures[i].peer.clear();
        print(figures[i]);
    }
}

} // namespace crier::bench
