#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "core/schedule/rrule/ical_lines.hpp"
#include "core/schedule/rrule/ical_time.hpp"
#include "core/schedule/rrule/recurrence_data.hpp"
#include "core/schedule/rrule/search.hpp"
#include "core/schedule/rrule/units.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using RecurrenceProblem = std::optional<Failure>;

/// No calendar has more, and the text is kept for as long as the entry.
constexpr std::size_t longest_text = 65'536;
constexpr std::size_t most_shown = 120;

/// A time, and whether it is all of its day.
struct LineTime {
    LocalTime local; ///< of a time in UTC what the zone's clocks show then
    Instant instant;
    bool date;
};

class RecurrenceParser {
public:
    RecurrenceParser(std::string_view text, std::optional<LocalTime> start, const Zone& zone)
        : zone_(zone)
        , lines_(unfolded(text))
        , start_(start)
        , data_(std::make_shared<Recurrence::Data>()) {
        for (const std::string& line : lines_)
            data_->text += (data_->text.empty() ? "" : " ") + line;
    }

    Result<std::shared_ptr<const Recurrence::Data>> parse() {
        if (data_->text.size() > longest_text)
            return wrong("it is longer than 64 KiB", "an entry per event keeps texts short");
        if (auto problem = read_start())
            return std::move(*problem);
        for (const std::string& line : lines_)
            if (auto problem = read(ContentLine::parse(line)))
                return std::move(*problem);
        if (data_->rules.empty())
            return wrong("there is no rule",
                         "write one such as FREQ=WEEKLY;BYDAY=MO; single dates are `at:`");
        for (auto* list : {&data_->extra, &data_->excluded})
            std::sort(list->begin(), list->end());
        std::sort(data_->excluded_days.begin(), data_->excluded_days.end());
        return std::shared_ptr<const Recurrence::Data>{std::move(data_)};
    }

    [[nodiscard]] Failure wrong(const std::string& what, std::string hint = {}) const {
        const std::string& text = data_->text;
        const std::string shown = text.size() <= most_shown ? text : text.substr(0, most_shown) + "...";
        return {Cause::config, "rrule '" + shown + "': " + what, std::move(hint)};
    }

private:
    /// Before all else: the rules begin with it, wherever in the text it stands.
    RecurrenceProblem read_start() {
        bool found = false;
        for (const std::string& line : lines_) {
            const ContentLine content = ContentLine::parse(line);
            if (!ascii::same(content.name, "DTSTART"))
                continue;
            if (std::exchange(found, true))
                return wrong("DTSTART stands twice", "one entry is one event");
            const auto time = read_time(content, content.value);
            if (!time)
                return time.error();
            start_ = time->local;
        }
        if (!start_)
            return wrong("there is no start", "start: 2026-12-01 09:00, or a DTSTART line before the rule");
        data_->start = *start_;
        return std::nullopt;
    }

    RecurrenceProblem read(const ContentLine& line) {
        if (ascii::same(line.name, "DTSTART"))
            return std::nullopt;
        if (ascii::same(line.name, "RRULE"))
            return read_rule(line.value);
        if (ascii::same(line.name, "RDATE") || ascii::same(line.name, "EXDATE"))
            return read_dates(line);
        if (ascii::same(line.name, "EXRULE"))
            return wrong("EXRULE is obsolete (RFC 5545) and not understood",
                         "say with BYDAY, BYMONTH and the like what remains, or list the dates with EXDATE");
        const std::string near = nearest(line.name, {"DTSTART", "RRULE", "RDATE", "EXDATE"});
        return wrong("there is no line '" + std::string{line.name} + "'",
                     near.empty() ? "of an event take the lines DTSTART, RRULE, RDATE and EXDATE"
                                  : "did you mean " + near + "?");
    }

    RecurrenceProblem read_rule(std::string_view value) {
        auto rule = Rrule::parse(ascii::trimmed(value), *start_);
        if (!rule)
            return wrong(rule.error().message, rule.error().hint);
        const auto first = never_meets(*rule) ? std::nullopt : rrule_at_or_after(*rule, *start_);
        if (!first)
            return wrong("it never fires", "there is no such day or time within 41 years of the start");
        const Instant until = end_of(*rule);
        if (zone_.to_instant(*first).first > until)
            return wrong("it never fires", "UNTIL is before the first occurrence");
        data_->rules.push_back({std::move(*rule), until});
        return std::nullopt;
    }

    /// COUNT is counted out here, once: a rule that knows its last moment need not be counted from its start
    /// again.
    [[nodiscard]] Instant end_of(const Rrule& rule) const {
        if (rule.until_instant)
            return *rule.until_instant;
        if (rule.until_local && rule.until_day)
            return zone_.to_instant(*rule.until_local + std::chrono::days{1} - std::chrono::seconds{1})
                .second;
        if (rule.until_local)
            return zone_.to_instant(*rule.until_local).first;
        if (!rule.count)
            return Instant::max();
        LocalTime last = rule.start;
        auto next = rrule_at_or_after(rule, last);
        for (int i = 0; i < *rule.count && next;
             ++i, next = rrule_at_or_after(rule, last + std::chrono::seconds{1}))
            last = *next;
        return zone_.to_instant(last).first;
    }

    RecurrenceProblem read_dates(const ContentLine& line) {
        const bool adds = ascii::same(line.name, "RDATE");
        for (const std::string_view value : ascii::split(line.value, ",")) {
            const auto time = read_time(line, value);
            if (!time)
                return time.error();
            if (!adds && time->date)
                data_->excluded_days.push_back(std::chrono::floor<std::chrono::days>(time->local));
            else if (!adds)
                data_->excluded.push_back(time->instant);
            else if (time->date) // at the time of day at which the event always is
                data_->extra.push_back(
                    zone_.to_instant(time->local + (*start_ - std::chrono::floor<std::chrono::days>(*start_)))
                        .first);
            else
                data_->extra.push_back(time->instant);
        }
        return std::nullopt;
    }

    [[nodiscard]] Result<LineTime> read_time(const ContentLine& line, std::string_view value) const {
        const std::string name{line.name};
        for (const std::string_view param : ascii::split(line.params, ";"))
            if (auto problem = check_param(name, param))
                return std::move(*problem);
        const auto time = IcalTime::parse(ascii::trimmed(value));
        if (!time)
            return wrong(name + ": '" + std::string{value} + "' is no time of the years 1600 to 2500",
                         "write 20261201T090000, with a Z behind it for UTC, or 20261201 for a day");
        if (time->utc) {
            const Instant instant{time->time.time_since_epoch()};
            return LineTime{zone_.to_local(instant), instant, false};
        }
        return LineTime{time->time, zone_.to_instant(time->time).first, time->date};
    }

    [[nodiscard]] RecurrenceProblem check_param(const std::string& line, std::string_view param) const {
        const std::size_t equals = std::min(param.find('='), param.size());
        const std::string_view name = param.substr(0, equals);
        std::string_view value = param.substr(std::min(equals + 1, param.size()));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (ascii::same(name, "TZID") && value != zone_.name())
            return wrong(line + " is in the zone '" + std::string{value} + "', the entry in '" +
                             std::string{zone_.name()} + "'",
                         "set the entry's timezone: " + std::string{value});
        if (ascii::same(name, "VALUE") && !ascii::same(value, "DATE") && !ascii::same(value, "DATE-TIME"))
            return wrong(line + ": VALUE=" + std::string{value} + " is not understood",
                         "there may stand DATE and DATE-TIME; of a period take its begin");
        return std::nullopt;
    }

    const Zone& zone_;
    std::vector<std::string> lines_;
    std::optional<LocalTime> start_;
    std::shared_ptr<Recurrence::Data> data_;
};

} // namespace

Result<Recurrence> Recurrence::parse(std::string_view text, std::optional<LocalTime> start,
                                     const Zone& zone) {
    auto data = RecurrenceParser{text, start, zone}.parse();
    if (!data)
        return data.error();
    return Recurrence{std::move(*data)};
}

} // namespace crier::schedule
