#include "simulation/agenda.hpp"

#include "simulation/world.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <utility>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

constexpr std::array<std::string_view, kinds> kind_names{
    "cron-fixed", "cron-hours",   "several",    "spread-even", "spread-random", "whole-days",
    "rrule",      "dated",        "jittered",   "quiet-move",  "quiet-skip",    "turns",
    "draw-turn",  "draw-shuffle", "draw-again", "run",         "condition"};

schedule::Rule cron(const char* text) {
    return *schedule::Cron::parse(text);
}

schedule::Spread spread(int posts, std::chrono::minutes from, std::chrono::minutes to) {
    schedule::Spread spread;
    spread.posts = posts;
    spread.from = from;
    spread.to = to;
    return spread;
}

schedule::Calendar dated(const Agenda& agenda, Instant start, bool excepted) {
    schedule::Calendar calendar{cron("0 0,3,6,9,12,15,18,21 * * *")};
    const auto date = [&](int index) {
        const std::chrono::year_month_day day{local_day(agenda, start, index)};
        char text[16];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
        return std::string{text};
    };
    (void)calendar.only.add(date(1) + ".." + date(3));
    if (excepted)
        (void)calendar.except.add(date(2));
    calendar.weekdays.reset(std::chrono::weekday{local_day(agenda, start, 3)}.c_encoding());
    calendar.start = start + 5h;
    calendar.until = start + 44h;
    return calendar;
}

schedule::Calendar calendar_of(Kind kind, const Agenda& agenda, Instant start, const Changes& made) {
    switch (kind) {
    case Kind::cron_fixed:
        return schedule::Calendar{
            cron(has(made, Change::agenda_rule_changed) ? "15 0-4,12 * * *" : "*/30 0-4,12 * * *")};
    case Kind::cron_hours:
        return schedule::Calendar{cron("40 * * * *")};
    case Kind::several: {
        schedule::Calendar calendar{cron("0 2,8,14,20 * * *")};
        schedule::Every every;
        every.period = 5h;
        calendar.rules.emplace_back(every);
        schedule::At at;
        at.instants = {std::chrono::ceil<std::chrono::hours>(start) + 7h,
                       std::chrono::ceil<std::chrono::hours>(start) + 20h + 1s};
        calendar.rules.emplace_back(std::move(at));
        return calendar;
    }
    case Kind::spread_even:
        return schedule::Calendar{spread(7, 8h, 20h)};
    case Kind::spread_random: {
        schedule::Spread night = spread(6, 22h, 6h);
        night.random = true;
        night.seed = entry_name(kind, made);
        return schedule::Calendar{std::move(night)};
    }
    case Kind::whole_days: {
        schedule::Every every;
        every.period = 24h;
        every.offset = 2h + 30min;
        return schedule::Calendar{every};
    }
    case Kind::rrule:
        return schedule::Calendar{*schedule::Recurrence::parse(
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,SA,SU;BYHOUR=2,8,14,20;BYMINUTE=30;BYSECOND=0",
            schedule::LocalTime{std::chrono::local_days{std::chrono::year{2026} / 1 / 1}},
            schedule::Zone::find_or_utc(agenda.zone_fact().name))};
    case Kind::dated:
        return dated(agenda, start, has(made, Change::agenda_exception));
    default:
        return schedule::Calendar{cron("0 * * * *")};
    }
}

/// By the local clock; the others fire at each hour of UTC, so that what they are there for stands alone.
bool is_local(Kind kind) {
    return kind <= Kind::dated;
}

std::shared_ptr<const PostTemplate> make_post(Kind kind) {
    const auto text = [kind](const std::string& words) {
        PostTemplate post;
        post.status = *text::Template::parse(
            std::string{to_text(kind)} + "@{{ now | date('%Y-%m-%dT%H:%M:%S%z') }} {{ counter }} " + words,
            {"now", "counter", "title"});
        return post;
    };
    auto post = std::make_shared<PostTemplate>(text("{{ title }}"));
    if (kind == Kind::turns || kind == Kind::quiet_skip)
        post->turns = {text("second"), text("third")};
    return post;
}

QuietTimes night(const Agenda& agenda) {
    QuietTimes quiet;
    QuietHours hours;
    hours.from = quiet_from;
    hours.to = quiet_to;
    hours.timezone = agenda.zone_fact().name;
    quiet.timezone = hours.timezone;
    quiet.hours = std::move(hours);
    return quiet;
}

Draw draw_of(Kind kind, const Changes& made) {
    Draw draw;
    draw.from = hat_name;
    const bool turn = kind == Kind::draw_turn && !has(made, Change::agenda_order_changed);
    draw.order = turn ? DrawOrder::turn : DrawOrder::shuffle;
    if (kind == Kind::draw_again)
        draw.repeat_after = not_again_within;
    return draw;
}

EntrySettings make_entry(Kind kind, const Agenda& agenda, Instant start, const Changes& made) {
    const KindFact& fact = fact_of(kind);
    EntrySettings entry;
    entry.name = entry_name(kind, made);
    if (entry.name != to_text(kind))
        entry.was = to_text(kind);
    entry.when = calendar_of(kind, agenda, start, made);
    entry.timezone = is_local(kind) ? agenda.zone_fact().name : "UTC";
    if (fact.catches_up) {
        entry.missed.policy = Missed::all;
        entry.missed.within = 7 * 24h;
    }
    entry.jitter = fact.jitter;
    if (kind == Kind::quiet_move || kind == Kind::quiet_skip)
        entry.quiet = night(agenda);
    if (kind == Kind::quiet_skip)
        entry.when_quiet = WhenQuiet::skip;
    if (fact.draws)
        entry.draw = draw_of(kind, made);
    if (fact.asks) {
        entry.only_if.emplace();
        entry.only_if->command = {"/opt/is-open"};
    }
    if (fact.runs) {
        auto run = std::make_shared<SourceSettings>();
        run->name = entry.name;
        run->plugin = "exec";
        run->command = {"/opt/weather"};
        entry.run = std::move(run);
    }
    const auto post = make_post(kind);
    for (const std::size_t account : fact.accounts) {
        PostTarget target;
        target.account = account_name(account);
        target.post = post;
        entry.targets.push_back(std::move(target));
    }
    return entry;
}

std::vector<KindFact> make_facts() {
    std::vector<KindFact> facts(kinds);
    for (std::size_t i = 0; i < kinds; ++i)
        facts[i].accounts = {i % account_count};
    const auto of = [&](Kind kind) -> KindFact& { return facts[static_cast<std::size_t>(kind)]; };
    of(Kind::jittered).jitter = most_jitter;
    of(Kind::draw_turn).accounts = {0, 1};
    for (const Kind kind : {Kind::draw_turn, Kind::draw_shuffle, Kind::draw_again})
        of(kind).draws = true;
    of(Kind::run).runs = true;
    for (const Kind kind : {Kind::draw_shuffle, Kind::condition})
        of(kind).asks = true;
    // One word of a program is then for one occurrence.
    for (const Kind kind : {Kind::cron_hours, Kind::jittered, Kind::draw_shuffle, Kind::condition})
        of(kind).catches_up = false;
    return facts;
}

Instant moment(const char* text) {
    return *from_rfc3339(text);
}

} // namespace

std::string_view to_text(Kind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

const std::vector<ZoneFact>& zone_facts() {
    static const std::vector<ZoneFact> facts{
        {"UTC", Instant::max(), 0min, 0min},
        {"Europe/Berlin", moment("2026-03-29T01:00:00Z"), 1h, 2h},
        {"Europe/Berlin", moment("2026-10-25T01:00:00Z"), 2h, 1h},
        {"America/New_York", moment("2026-03-08T07:00:00Z"), -5h, -4h},
        {"America/New_York", moment("2026-11-01T06:00:00Z"), -4h, -5h},
        {"Australia/Lord_Howe", moment("2026-04-04T15:00:00Z"), 11h, 10h + 30min}, // half an hour
        {"Australia/Lord_Howe", moment("2026-10-03T15:30:00Z"), 10h + 30min, 11h},
    };
    return facts;
}

const KindFact& fact_of(Kind kind) {
    static const std::vector<KindFact> facts = make_facts();
    return facts[static_cast<std::size_t>(kind)];
}

bool waits_for_the_world(std::string_view post) {
    const auto* const kind = std::find(kind_names.begin(), kind_names.end(), post.substr(0, post.find('@')));
    return kind != kind_names.end() && fact_of(static_cast<Kind>(kind - kind_names.begin())).waits();
}

std::string entry_name(Kind kind, const Changes& made) {
    const bool renamed =
        has(made, Change::agenda_renamed) && (kind == Kind::draw_turn || kind == Kind::turns);
    return std::string{to_text(kind)} + (renamed ? "-by-another-name" : "");
}

std::chrono::local_days local_day(const Agenda& agenda, Instant start, int index) {
    const Duration local = start.time_since_epoch() + agenda.zone_fact().before;
    return std::chrono::local_days{std::chrono::floor<std::chrono::days>(local)} +
           std::chrono::days{index - 1};
}

void add_agenda(Settings& settings, const Agenda& agenda, Instant start, const Changes& made) {
    bool draws = false;
    for (std::size_t i = 0; i < kinds; ++i)
        if (agenda.has[i]) {
            settings.schedule.push_back(make_entry(static_cast<Kind>(i), agenda, start, made));
            draws = draws || fact_of(static_cast<Kind>(i)).draws;
        }
    if (!draws)
        return;
    SourceSettings hat;
    hat.name = hat_name;
    hat.plugin = "feed";
    hat.url = "https://hat.example/items.xml";
    hat.on_demand = true;
    hat.poll = hat_poll;
    settings.sources.push_back(std::move(hat));
}

} // namespace crier::sim
