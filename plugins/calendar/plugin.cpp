#include "calendar/plugin.hpp"

#include "calendar/document.hpp"
#include "calendar/options.hpp"
#include "calendar/refusal.hpp"
#include "calendar/reminders.hpp"
#include "calendar/zone_file.hpp"
#include "sdk/crier_plugin.hpp"

#include <algorithm>

namespace crier::calendar {
namespace {

using namespace std::chrono;

constexpr std::size_t most_items = 10'000;
/// Whoever was not there for so long has missed it.
constexpr seconds longest_past = days{1};

/// Time grows with the size, and no faster.
Steps steps_for(std::size_t bytes) {
    return Steps{4'000'000 + 2 * static_cast<std::uint64_t>(bytes)};
}

Instant now_of(const sdk::Input& input) {
    constexpr sys_days first{year{1970} / 1 / 1};
    constexpr sys_days end{year{2490} / 1 / 1};
    const Instant now = floor<seconds>(sys_time<microseconds>{microseconds{input.now.value_or(-1)}});
    if (now < first || now >= end)
        throw sdk::Error("a calendar is read for a certain time, and the host did not say a sensible one");
    return now;
}

/// Where occurrences must begin to be of use, roughly: zones, time of day and days of another length are
/// within the margin.
Range range_around(const Options& options, const std::vector<Event>& events, Instant first, Instant last) {
    constexpr days margin{3};
    const auto length = [](const Lead& lead) { return lead.span.days + lead.span.rest; };
    seconds least = length(options.leads.front());
    seconds most = least;
    for (const Lead& lead : options.leads) {
        least = std::min(least, length(lead));
        most = std::max(most, length(lead));
    }
    // From the end, what began long before may just be over.
    seconds longest{};
    for (const Event& event : events) {
        if (!options.from_end)
            break;
        if (event.end && event.start)
            longest = std::max(longest, event.end->wall - event.start->wall);
        if (event.duration)
            longest = std::max(longest, event.duration->days + event.duration->rest);
    }
    longest = std::min<seconds>(longest, days{366});
    return {Wall{(first + least - margin - longest).time_since_epoch()},
            Wall{(last + most + margin).time_since_epoch()}};
}

class Calendar {
public:
    explicit Calendar(const sdk::Settings& settings)
        : options_(read_options(settings)) {}

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        const Instant now = now_of(input);
        Warnings warnings{sink};
        Document document = read_document(input.bytes, warnings);
        if (!document.is_calendar)
            throw sdk::Error(why_no_calendar(input.bytes));
        drop_unusable(document.events, warnings);

        Steps steps = steps_for(input.bytes.size());
        const Instant first = now - longest_past;
        const Instant last = now + options_.horizon;
        const Range range = range_around(options_, document.events, first, last);
        const year last_year = year_month_day{floor<days>(range.to)}.year() + years{1};
        Zones zones{document, home_of(document, last_year, warnings), last_year, steps, warnings};
        const auto occurrences = occurrences_in(document.events, range, zones, steps, warnings);
        const auto reminders = reminders_of(occurrences, options_, first, last, most_items, warnings);
        warnings.finish();
        for (const Reminder& reminder : reminders)
            if (!sink.item(reminder.item(options_)))
                return;
    }

private:
    /// Those without a start, and those of which nobody is to know.
    void drop_unusable(std::vector<Event>& events, Warnings& warnings) const {
        for (Event& event : events) {
            // A message that cancels an event need not say when it was.
            const bool startless = !event.start && !event.cancelled;
            if (startless || event.broken)
                warnings.say(event.line,
                             "the event " + event.name() +
                                 (event.broken
                                      ? " was left out"
                                      : " has no start (DTSTART) that could be read; it was left out"));
            // What was changed, and nobody knows how, is not as it was planned either.
            if (!event.start && event.replaces) {
                event.start = event.replaces;
                event.cancelled = true;
            }
            event.broken = event.broken || (!event.start && !event.cancelled);
        }
        std::erase_if(events, [](const Event& event) { return event.broken; });
        // Not erased: where one occurrence is private, the series must not show it as it was planned.
        for (Event& event : events)
            event.cancelled = event.cancelled || (event.secret && !options_.with_secret);
    }

    [[nodiscard]] Zone home_of(const Document& document, year last_year, Warnings& warnings) const {
        const std::string& name = options_.timezone.empty() ? document.zone_name : options_.timezone;
        if (name.empty())
            return {};
        if (auto zone = system_zone(name, last_year))
            return std::move(*zone);
        warnings.say("there is no zone \"" + shown(name) +
                     "\" in the system's database; days, and times without a zone, are read as UTC");
        return {};
    }

    Options options_;
};

const crier_plugin& calendar_table() {
    static const crier_plugin table =
        sdk::make_table<Calendar>("calendar", "reminders of the events of a calendar (.ics)",
                                  CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_CLOCK | CRIER_PLUGIN_OWN,
                                  option_table().data(), option_table().size());
    return table;
}

} // namespace

const crier_plugin& table() noexcept {
    return calendar_table();
}

} // namespace crier::calendar
