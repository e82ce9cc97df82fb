#include "core/schedule/forecast.hpp"

#include "core/rates/quiet.hpp"
#include "core/schedule/due.hpp"

#include <algorithm>
#include <utility>

namespace crier::schedule {
namespace {

/// Between limits and quiet times to and fro; more are a configuration that lets nothing out.
constexpr int most_steps = 100;

bool counts_posts(const rates::Rule& rule) {
    return (rule.calls & rates::mask(rates::Call::publish)) != 0;
}

/// A thread takes a call for each part.
int calls_of(const PostTarget& target) {
    return 1 + static_cast<int>(target.post->replies.size());
}

} // namespace

std::string_view Foreseen::why_not() const noexcept {
    if (!due)
        return "left out: it falls into quiet hours or a blackout";
    return expires ? "expires before the account's limits let it leave" : "";
}

Forecast::Forecast(const Settings& settings, TableOf tables, Instant after, Instant until,
                   const EntrySettings* only)
    : settings_(settings)
    , tables_(std::move(tables))
    , until_(until) {
    for (const EntrySettings& entry : settings.schedule) {
        if (only != nullptr && only != &entry)
            continue;
        Course course;
        course.entry = &entry;
        course.zone = Zone::find_or_utc(entry.timezone);
        courses_.push_back(course);
        plan(courses_.size() - 1, after);
    }
}

void Forecast::plan(std::size_t course, Instant after) {
    const Course& one = courses_[course];
    if (const auto next = next_after(one.entry->when, one.zone, after); next && *next < until_)
        firings_.emplace(*next, course);
}

/// Takes the first firing into what waits to be due.
void Forecast::fire() {
    const auto [nominal, index] = firings_.top();
    firings_.pop();
    Course& course = courses_[index];
    ++course.fired;
    for (const PostTarget& target : course.entry->targets) {
        Waiting waiting;
        waiting.foreseen.entry = course.entry;
        waiting.foreseen.target = &target;
        waiting.foreseen.nominal = nominal;
        waiting.foreseen.number = course.fired;
        waiting.foreseen.due = due_of(*course.entry, settings_.accounts.at(target.account), nominal);
        waiting.when = waiting.foreseen.due.value_or(nominal);
        waiting.order = ++order_;
        waiting_.push(waiting);
    }
    plan(index, nominal);
}

std::optional<Foreseen> Forecast::next() {
    // Nothing is due before it fires, so what is due before the next firing is next.
    while (!firings_.empty() && (waiting_.empty() || firings_.top().first <= waiting_.top().when))
        fire();
    if (waiting_.empty())
        return std::nullopt;
    Foreseen foreseen = waiting_.top().foreseen;
    waiting_.pop();
    if (foreseen.due)
        leave(foreseen);
    return foreseen;
}

Instant Forecast::earliest(const AccountSettings& account, const Pace& pace,
                           const std::vector<rates::Rule>& table, Instant when) const {
    Instant before = Instant::min();
    for (int step = 0; step < most_steps && before != when; ++step) {
        before = when;
        if (pace.last)
            when = std::max(when, *pace.last + account.limits.min_gap);
        for (const rates::Rule& rule : table) {
            const auto window = pace.windows.find(&rule);
            if (window == pace.windows.end() || window->second.used < rule.limit)
                continue;
            when = std::max(when, Instant{rule.window * (window->second.number + 1)});
        }
        when = rates::after_quiet(account.limits.quiet, when);
    }
    return when;
}

void Forecast::leave(Foreseen& foreseen) {
    const AccountSettings& account = settings_.accounts.at(foreseen.target->account);
    const std::vector<rates::Rule>& table = tables_(account.name);
    Pace& pace = paces_[account.name];
    const Instant first = earliest(account, pace, table, *foreseen.due);
    foreseen.leaves = first;
    foreseen.expires =
        foreseen.entry->expires_after && first > *foreseen.due + *foreseen.entry->expires_after;
    if (foreseen.expires)
        return;
    Instant at = first;
    for (int call = 0; call < calls_of(*foreseen.target); ++call) {
        at = earliest(account, pace, table, at);
        pace.last = at;
        for (const rates::Rule& rule : table) {
            if (!counts_posts(rule))
                continue;
            Window& window = pace.windows[&rule];
            const std::int64_t number = rates::window_number(at, rule.window);
            if (std::exchange(window.number, number) != number)
                window.used = 0;
            ++window.used;
        }
    }
}

} // namespace crier::schedule
