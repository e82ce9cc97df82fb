#include "config/binding.hpp"
#include "config/table_shared.hpp"

#include <array>

/// Rows of the schedule.
namespace crier::config {
namespace {

constexpr std::array<std::string_view, 3> missed_ways{"skip", "latest", "all"};
constexpr std::array<std::string_view, 2> quiet_ways{"move", "skip"};
constexpr std::array<std::string_view, 2> spread_orders{"even", "random"};
constexpr std::array<std::string_view, 4> draw_orders{"turn", "shuffle", "weighted", "anniversary"};
constexpr std::array<std::string_view, 2> draw_dates{"published", "updated"};
constexpr std::array<std::string_view, 3> empty_ways{"alert", "skip", "repeat"};

constexpr std::array missed_rows{
    bind<MissedDraft, &MissedDraft::policy>({.key = "policy",
                                             .type = Type::choice,
                                             .fallback = "latest",
                                             .doc = "Of what came due while crier was not running, or later "
                                                    "than five minutes: post nothing (`skip`), "
                                                    "the `latest`, or `all`.",
                                             .example = "latest",
                                             .choices = missed_ways}),
    bind<MissedDraft, &MissedDraft::within>({.key = "within",
                                             .type = Type::duration,
                                             .fallback = "1h",
                                             .doc = "What is older is not posted.",
                                             .example = "2h"}),
};

constexpr std::array spread_rows{
    bind<SpreadDraft, &SpreadDraft::posts>({.key = "posts",
                                            .type = Type::number,
                                            .doc = "How many each day.",
                                            .example = "5",
                                            .required = true,
                                            .least = 1,
                                            .most = 1440}),
    bind<SpreadDraft, &SpreadDraft::from>({.key = "from",
                                           .type = Type::time_of_day,
                                           .doc = "The first of them.",
                                           .example = "\"09:00\"",
                                           .required = true}),
    bind<SpreadDraft, &SpreadDraft::to>({.key = "to",
                                         .type = Type::time_of_day,
                                         .doc = "The last of them; not after `from`, it is on the next day.",
                                         .example = "\"21:00\"",
                                         .required = true}),
    bind<SpreadDraft, &SpreadDraft::order>(
        {.key = "order",
         .type = Type::choice,
         .fallback = "even",
         .doc =
             "`even`: at the same distance, in whole minutes; `random`: each at a moment of its own within "
             "its share of the time, another one each day, and always the same for one day.",
         .example = "random",
         .choices = spread_orders}),
};

constexpr std::array only_if_rows{
    bind<OnlyIfDraft, &OnlyIfDraft::weekdays>({.key = "weekdays",
                                               .type = Type::words,
                                               .doc = "Days of the week: one, a stretch, or a list.",
                                               .example = "[MON-FRI, SUN]"}),
    bind<OnlyIfDraft, &OnlyIfDraft::dates>({.key = "dates",
                                            .type = Type::words,
                                            .doc = "Days of the calendar, written as those of `except`.",
                                            .example = "12-01..12-24"}),
    bind<OnlyIfDraft, &OnlyIfDraft::command>(
        {.key = "command",
         .type = Type::words,
         .doc = "A program by its absolute path, and its arguments, run when an occurrence is due: it is "
                "posted if the program ends with 0, passed over from 1 to 125; all else is trouble, and "
                "tried again as long as `missed` allows.",
         .example = "[/opt/bots/is-open, --today]"}),
    bind<OnlyIfDraft, &OnlyIfDraft::timeout>({.key = "timeout",
                                              .type = Type::duration,
                                              .fallback = "60s",
                                              .doc = "How long it may take.",
                                              .example = "10s",
                                              .shortest = std::chrono::seconds{1},
                                              .longest = std::chrono::hours{1}}),
};

constexpr std::array draw_rows{
    bind<DrawDraft, &DrawDraft::from>(
        {.key = "from", .type = Type::name, .doc = "The source.", .example = "art", .required = true}),
    bind<DrawDraft, &DrawDraft::order>(
        {.key = "order",
         .type = Type::choice,
         .fallback = "turn",
         .doc =
             "`turn`: the oldest first, and again from the beginning. `shuffle`: by chance, none again "
             "before all were. `weighted`: by chance, in the ratio of the items' weights. `anniversary`: of "
             "those whose `date` is of this day, in whichever year.",
         .example = "shuffle",
         .choices = draw_orders}),
    bind<DrawDraft, &DrawDraft::date>({.key = "date",
                                       .type = Type::choice,
                                       .fallback = "published",
                                       .doc = "The item's date that `anniversary` goes by.",
                                       .example = "updated",
                                       .choices = draw_dates}),
    bind<DrawDraft, &DrawDraft::repeat_after>(
        {.key = "repeat_after",
         .type = Type::duration,
         .doc = "The same item not again before so long; instead of by rounds.",
         .example = "180d",
         .shortest = std::chrono::seconds{1}}),
    bind<DrawDraft, &DrawDraft::when_empty>(
        {.key = "when_empty",
         .type = Type::choice,
         .fallback = "alert",
         .doc = "Where there is no item to draw: tell a person (`alert`), `skip` in silence, or `repeat` the "
                "one that was drawn longest ago. Nothing is posted but in the last case.",
         .example = "skip",
         .choices = empty_ways}),
};

constexpr std::array run_rows{
    bind<RunDraft, &RunDraft::command>(
        {.key = "command",
         .type = Type::words,
         .doc = "A program by its absolute path, and its arguments. What it writes is the item: "
                "docs/PLUGINS.md, `exec`.",
         .example = "[/opt/bots/weather, Kiel]",
         .required = true}),
    bind<RunDraft, &RunDraft::timeout>({.key = "timeout",
                                        .type = Type::duration,
                                        .fallback = "60s",
                                        .doc = "How long it may take.",
                                        .example = "60s",
                                        .shortest = std::chrono::seconds{1},
                                        .longest = std::chrono::hours{1}}),
};

constexpr std::array entry_rows{
    bind<EntryDraft, &EntryDraft::name>({.key = "name",
                                         .type = Type::name,
                                         .doc = "A name that no other entry has. It is what crier knows the "
                                                "entry by: with `was`, a new one keeps its memory.",
                                         .example = "monday-greeting",
                                         .required = true}),
    bind<EntryDraft, &EntryDraft::account>(account_row),
    bind<EntryDraft, &EntryDraft::accounts>([] {
        Row row = accounts_row;
        row.section = &entry_target_section;
        return row;
    }()),
    bind<EntryDraft, &EntryDraft::cron>(
        {.key = "cron",
         .type = Type::words,
         .doc = "When, as in a crontab: minute, hour, day, month, weekday; with six fields, seconds first. "
                "`L` is the month's last day, `LW` its last working day, `15W` the one nearest to the 15th, "
                "`MON#2` its second Monday, `FRIL` its last Friday. One or a list of them: "
                "docs/SCHEDULE.md.",
         .example = "\"0 9 * * MON\""}),
    bind<EntryDraft, &EntryDraft::every>(
        {.key = "every",
         .type = Type::duration,
         .doc = "Or in these steps, counted from 1970-01-01 00:00 UTC on. Steps of whole days go by the "
                "zone's calendar: 09:00 stays 09:00 when the clocks change.",
         .example = "6h",
         .shortest = std::chrono::seconds{1},
         .longest = std::chrono::hours{24 * 366 * 10}}),
    bind<EntryDraft, &EntryDraft::offset>(
        {.key = "offset",
         .type = Type::duration,
         .doc =
             "By how much `every` is shifted. Without it, and without `anchor` and a time in `start`, by a "
             "share of the step that the entry's name gives: whole minutes when the step is an hour or "
             "more, else whole seconds; so that not all bots of the world post on the hour. `0s` is on "
             "the hour.",
         .example = "0s"}),
    bind<EntryDraft, &EntryDraft::anchor>(
        {.key = "anchor",
         .type = Type::text,
         .doc = "Or a moment that the steps of `every` go through, before it and after it.",
         .example = "2026-12-01 09:00"}),
    bind<EntryDraft, &EntryDraft::at>(
        {.key = "at",
         .type = Type::moments,
         .doc = "Or once: a local time in the entry's zone, or RFC 3339 with an offset; or a list of them.",
         .example = "2026-12-01 09:00"}),
    bind<EntryDraft, &EntryDraft::rrule>(
        {.key = "rrule",
         .type = Type::words,
         .doc = "Or a recurrence rule of RFC 5545, from `start` on; or the lines of a calendar file with "
                "DTSTART, RRULE, RDATE and EXDATE.",
         .example = "\"FREQ=MONTHLY;BYDAY=2TU\""}),
    bind<EntryDraft, &EntryDraft::spread>(
        {.key = "spread",
         .type = Type::section,
         .doc = "Or so many times a day between two times. An entry may say `when` in several of these ways: "
                "it fires by each of them.",
         .example = "{posts: 5, from: \"09:00\", to: \"21:00\"}",
         .section = &spread_section}),
    bind<EntryDraft, &EntryDraft::timezone>({.key = "timezone",
                                             .type = Type::zone,
                                             .doc = "The entry's zone; without it, that of `defaults`.",
                                             .example = "Europe/Berlin"}),
    bind<EntryDraft, &EntryDraft::start>(
        {.key = "start",
         .type = Type::text,
         .doc =
             "Not before this day, or moment. Steps of `every` and recurrence rules begin with the moment.",
         .example = "2026-12-01"}),
    bind<EntryDraft, &EntryDraft::until>({.key = "until",
                                          .type = Type::text,
                                          .doc = "Not after this day, or moment.",
                                          .example = "2026-12-24"}),
    bind<EntryDraft, &EntryDraft::count>({.key = "count",
                                          .type = Type::number,
                                          .doc = "So many times from `start` on, and then no more.",
                                          .example = "10",
                                          .least = 1,
                                          .most = 10'000}),
    bind<EntryDraft, &EntryDraft::except>(
        {.key = "except",
         .type = Type::words,
         .doc = "Days on which it does not fire, one or a list: `2026-12-24`, `12-25` in every year, "
                "`2026-12-24..2027-01-06`, `12-24..01-06`; or a moment, `2026-12-24 09:00`.",
         .example = "[12-25, 2026-12-31]"}),
    bind<EntryDraft, &EntryDraft::only_if>({.key = "only_if",
                                            .type = Type::section,
                                            .doc = "Fires only if all of this is so.",
                                            .example = "{weekdays: MON-FRI}",
                                            .section = &only_if_section}),
    bind<EntryDraft, &EntryDraft::missed>({.key = "missed",
                                           .type = Type::section,
                                           .doc = "What becomes of occurrences that were missed.",
                                           .example = "{policy: latest, within: 2h}",
                                           .section = &missed_section}),
    bind<EntryDraft, &EntryDraft::expires_after>({.key = "expires_after",
                                                  .type = Type::duration,
                                                  .reload = Reload::new_posts,
                                                  .doc = "Not sent any more so long after it was due.",
                                                  .example = "3h",
                                                  .shortest = std::chrono::seconds{1}}),
    bind<EntryDraft, &EntryDraft::jitter>({.key = "jitter",
                                           .type = Type::duration,
                                           .fallback = "0s",
                                           .doc = "Delayed by up to so much, each time differently.",
                                           .example = "5m"}),
    bind<EntryDraft, &EntryDraft::quiet>(
        {.key = "quiet",
         .type = Type::section,
         .doc = "Hours in which it does not leave, beside those of the account.",
         .example = "{from: \"22:00\", to: \"08:00\"}",
         .section = &quiet_section}),
    bind<EntryDraft, &EntryDraft::blackout>(
        {.key = "blackout",
         .type = Type::words,
         .doc = "Days on which it does not leave, beside those of the account; written as those of `except`.",
         .example = "[12-25..12-26]"}),
    bind<EntryDraft, &EntryDraft::when_quiet>(
        {.key = "when_quiet",
         .type = Type::choice,
         .fallback = "move",
         .doc =
             "What falls into quiet hours or a blackout, its own or the account's: `move` it to their end, "
             "or `skip` it.",
         .example = "skip",
         .choices = quiet_ways}),
    bind<EntryDraft, &EntryDraft::approval>(approval_row),
    bind<EntryDraft, &EntryDraft::approve_within>(approve_within_row),
    bind<EntryDraft, &EntryDraft::post>({.key = "post",
                                         .type = Type::section,
                                         .reload = Reload::new_posts,
                                         .doc = "What is posted.",
                                         .example = "{status: \"Good morning!\"}",
                                         .section = &post_section}),
    bind<EntryDraft, &EntryDraft::fuse>(fuse_row),
    bind<EntryDraft, &EntryDraft::draw>(
        {.key = "draw",
         .type = Type::section,
         .doc = "Each occurrence draws an item from a source; `post` is made of it as a source's is.",
         .example = "{from: art, order: shuffle, repeat_after: 180d}",
         .section = &draw_section}),
    bind<EntryDraft, &EntryDraft::run>({.key = "run",
                                        .type = Type::section,
                                        .doc = "Or each occurrence runs a command for an item.",
                                        .example = "{command: [/opt/bots/weather, Kiel], timeout: 60s}",
                                        .section = &run_section}),
    bind<EntryDraft, &EntryDraft::was>(was_row),
    bind<EntryDraft, &EntryDraft::edition>([] {
        Row row = edition_row;
        row.doc =
            "Raised, the moments of an `at` count as never posted: those ahead are posted, those passed "
            "follow `missed`, and what still waits under the old number is cancelled. A recurring entry "
            "posts nothing again.";
        row.example = "1";
        return row;
    }()),
};

constexpr std::array entry_target_rows{
    bind<TargetDraft, &TargetDraft::post>({.key = "post",
                                           .type = Type::section,
                                           .reload = Reload::new_posts,
                                           .doc = "Over the entry's own `post`.",
                                           .example = "{language: de}",
                                           .section = &post_section}),
};

} // namespace

const Section& entry_section() {
    static constexpr Section section{
        "entry", "schedule[]",
        "When, what and where: at least one of `cron`, `every`, `at`, `rrule` and `spread`, a `post`, and "
        "`account` or `accounts`.",
        entry_rows, false};
    return section;
}

const Section& missed_section() {
    static constexpr Section section{"missed", "schedule[].missed", "", missed_rows, false};
    return section;
}

const Section& spread_section() {
    static constexpr Section section{"spread", "schedule[].spread", "", spread_rows, false};
    return section;
}

const Section& only_if_section() {
    static constexpr Section section{"condition", "schedule[].only_if", "", only_if_rows, false};
    return section;
}

const Section& draw_section() {
    static constexpr Section section{"draw", "schedule[].draw", "", draw_rows, false};
    return section;
}

const Section& run_section() {
    static constexpr Section section{"run", "schedule[].run", "", run_rows, false};
    return section;
}

const Section& entry_target_section() {
    static constexpr Section section{"account", "schedule[].accounts.NAME", "", entry_target_rows, false};
    return section;
}

} // namespace crier::config
