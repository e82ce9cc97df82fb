// A zone's name in the first line; in the second `cron`, `rrule` or `dates`; then the rule.

#include "core/schedule/calendar.hpp"
#include "core/schedule/words/words.hpp"
#include "fuzzing.hpp"

#include <chrono>
#include <cstdint>
#include <string>

using namespace crier;

namespace {

const Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{12}};

/// Whatever fires, fires in order, at moments that it says to be its own, and is told of in words.
void check_firings(schedule::Calendar calendar, const schedule::Zone& zone) {
    EntrySettings entry;
    entry.timezone = zone.name();
    entry.when = std::move(calendar);
    const schedule::Calendar& when = entry.when;
    Instant after = noon;
    for (int i = 0; i < 8; ++i) {
        const auto next = schedule::next_after(when, zone, after);
        if (!next)
            break;
        fuzz::must(*next > after, "the next firing is after the moment that is asked for");
        fuzz::must(schedule::fires_at(when, zone, *next), "it fires when it says");
        fuzz::must(schedule::next_after(when, zone, *next - std::chrono::microseconds{1}) == next,
                   "whenever it is asked, the next is the same");
        fuzz::must(schedule::last_until(when, zone, after, *next) == next, "and the last until then");
        after = *next;
    }
    fuzz::must(fuzz::is_utf8(schedule::in_words(entry)), "its words are text");
    (void)schedule::clock_changes_in_words(entry, noon);
}

void check_refusal(const Failure& failure) {
    fuzz::must(!failure.message.empty(), "a refusal says why");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const schedule::Zone zone = schedule::Zone::find_or_utc(in.line());
    const std::string_view kind = in.line();
    if (!fuzz::is_utf8(in.rest()))
        return 0; // the configuration is UTF-8 before it gets here
    if (kind == "cron") {
        const auto cron = schedule::Cron::parse(in.rest());
        if (cron)
            check_firings(schedule::Calendar{*cron}, zone);
        else
            check_refusal(cron.error());
    } else if (kind == "rrule") {
        const schedule::LocalTime start{std::chrono::local_days{std::chrono::year{2026} / 1 / 5} +
                                        std::chrono::hours{9}};
        const auto rule = schedule::Recurrence::parse(in.rest(), start, zone);
        if (rule)
            check_firings(schedule::Calendar{*rule}, zone);
        else
            check_refusal(rule.error());
    } else {
        schedule::Calendar calendar{*schedule::Cron::parse("30 9 * * *")};
        while (!in.empty())
            if (const Result<> added = calendar.except.add(in.line()); !added)
                check_refusal(added.error());
        check_firings(std::move(calendar), zone);
    }
    return 0;
}
