#include "config/rules.hpp"

#include "config/days.hpp"
#include "config/words.hpp"
#include "core/digest.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace crier::config {
namespace {

using schedule::Calendar;
using schedule::Zone;

/// Whether there is ever a moment for it: the years that are searched hold every kind of month.
bool comes(const schedule::Cron& cron) {
    return schedule::next_after(cron, Zone{}, Instant{}).has_value();
}

/// Reads what an entry says of when it fires, key by key, into one calendar.
class CalendarReader {
public:
    CalendarReader(Scope& scope, const EntryDraft& said, const std::string& zone_name, const Zone* zone,
                   const Path& path)
        : scope_(scope)
        , said_(said)
        , zone_name_(zone_name)
        , zone_(zone)
        , path_(path) {}

    std::optional<Calendar> read(Ref at) {
        const bool rules = said_.cron || said_.every || said_.at || said_.rrule || said_.spread;
        if (!rules) {
            scope_.problems().error(path_, at, "the entry does not say when",
                                    "for example cron: \"0 9 * * *\", every: 6h or at: 2026-12-01 09:00");
            return std::nullopt;
        }
        read_bounds(); // before the rules, which may begin with `start`
        read_cron();
        read_every();
        read_at();
        read_rrule();
        read_spread();
        read_days();
        read_count();
        if (!good_)
            return std::nullopt;
        return std::move(made_);
    }

private:
    [[nodiscard]] Path below(std::string_view key) const { return {&path_, key}; }

    void error(std::string_view key, Ref at, std::string message, std::string hint = {}) {
        scope_.problems().error(below(key), at, std::move(message), std::move(hint));
        good_ = false;
    }

    template <class Rule>
    void take(Rule rule) {
        made_.rules.emplace_back(std::in_place_type<Rule>, std::move(rule));
    }

    void read_bounds() {
        if (zone_ == nullptr) {
            good_ = false;
            return;
        }
        const ZoneNamed in{zone_name_, *zone_};
        const bool start_stands = said_.start && !said_.start.value.empty();
        const bool until_stands = said_.until && !said_.until.value.empty();
        if (start_stands)
            made_.start = read_start(scope_, said_.start.at, in, below("start"));
        if (until_stands)
            made_.until = read_end(scope_, said_.until.at, in, below("until"));
        good_ = good_ && (!said_.start || made_.start) && (!said_.until || made_.until);
        if (made_.start && made_.until && *made_.until < *made_.start)
            error("until", said_.until.at, "it ends before it starts");
    }

    void read_cron() {
        if (!said_.cron)
            return;
        if (!said_.cron.value) {
            good_ = false;
            return;
        }
        each_text(said_.cron.value, below("cron"), [&](Ref text, const Path& at) {
            auto cron = schedule::Cron::parse(text.text());
            if (cron && comes(*cron)) {
                take(std::move(*cron));
                return;
            }
            good_ = false;
            if (cron)
                scope_.problems().error(
                    at, text, "this never comes: no month of cron '" + cron->text + "' has such a day",
                    "February has 28 or 29 days; April, June, September and November "
                    "have 30");
            else
                scope_.problems().error(at, text, cron.error().message, cron.error().hint);
        });
    }

    void read_every() {
        for (const auto& [key, at] :
             {std::pair{"offset", said_.offset.at}, std::pair{"anchor", said_.anchor.at}})
            if (at && !said_.every) {
                scope_.problems().error_at(below(key), at, at.key_position(),
                                           std::string{key} + " goes with every");
                good_ = false;
            }
        if (!said_.every)
            return;
        if (said_.every.value <= Duration::zero()) {
            good_ = false;
            return;
        }
        schedule::Every rule;
        rule.period = said_.every.value;
        if (said_.offset && said_.anchor)
            error("anchor", said_.anchor.at, "offset and anchor exclude each other",
                  "anchor names a moment that it goes through, offset the distance from 1970-01-01 00:00");
        if (said_.offset) {
            rule.offset = said_.offset.value;
            if (rule.offset >= rule.period)
                error("offset", said_.offset.at, "the offset is not less than every",
                      "less than " + to_text(rule.period));
        } else if (said_.anchor) {
            rule.offset = offset_through(read_anchor(), rule);
        } else if (made_.start && !is_day(said_.start.value)) {
            rule.offset = offset_through(made_.start, rule);
        } else {
            rule.offset = offset_of(said_.name.value, rule.period);
        }
        take(rule);
    }

    std::optional<Instant> read_anchor() {
        if (zone_ == nullptr || said_.anchor.value.empty())
            return std::nullopt;
        const auto anchor =
            read_moment(scope_, said_.anchor.at, ZoneNamed{zone_name_, *zone_}, below("anchor"));
        good_ = good_ && anchor;
        return anchor;
    }

    /// Steps of whole days are counted by the zone's calendar, all others in UTC.
    [[nodiscard]] Duration offset_through(std::optional<Instant> anchor, const schedule::Every& rule) const {
        if (!anchor || zone_ == nullptr)
            return {};
        const Duration since = rule.by_calendar() ? Duration{zone_->to_local(*anchor).time_since_epoch()}
                                                  : anchor->time_since_epoch();
        const Duration rest = since % rule.period;
        return rest < Duration::zero() ? rest + rule.period : rest;
    }

    void read_at() {
        if (!said_.at)
            return;
        if (!said_.at.value || zone_ == nullptr) {
            good_ = false;
            return;
        }
        schedule::At rule;
        each_text(said_.at.value, below("at"), [&](Ref moment, const Path& at) {
            if (const auto when = read_moment(scope_, moment, ZoneNamed{zone_name_, *zone_}, at))
                rule.instants.push_back(*when);
            else
                good_ = false;
        });
        std::sort(rule.instants.begin(), rule.instants.end());
        rule.instants.erase(std::unique(rule.instants.begin(), rule.instants.end()), rule.instants.end());
        take(std::move(rule));
    }

    /// A list of rules, or the lines of a calendar file.
    void read_rrule() {
        if (!said_.rrule)
            return;
        if (!said_.rrule.value || zone_ == nullptr) {
            good_ = false;
            return;
        }
        std::string lines;
        bool one = false;
        each_text(said_.rrule.value, below("rrule"), [&](Ref text, const Path&) {
            lines += std::string{text.text()} + "\n";
            one = one || !is_rule(text.text());
        });
        if (one)
            take_rrule(lines, said_.rrule.value, below("rrule"));
        else
            each_text(said_.rrule.value, below("rrule"),
                      [&](Ref text, const Path& at) { take_rrule(text.text(), text, at); });
    }

    static bool is_rule(std::string_view text) {
        return text.starts_with("FREQ=") ||
               (text.starts_with("RRULE") && text.find('\n') == std::string_view::npos);
    }

    void take_rrule(std::string_view text, Ref at, const Path& path) {
        std::optional<schedule::LocalTime> start;
        if (made_.start)
            start = zone_->to_local(*made_.start);
        auto rule = schedule::Recurrence::parse(text, start, *zone_);
        if (rule) {
            take(std::move(*rule));
            return;
        }
        scope_.problems().error(path, at, rule.error().message, rule.error().hint);
        good_ = false;
    }

    void read_spread() {
        if (!said_.spread)
            return;
        const SpreadDraft& said = said_.spread.value;
        schedule::Spread rule;
        rule.posts = said.posts.value;
        rule.from = said.from.value;
        rule.to = said.to.value;
        rule.random = said.order.value == SpreadOrder::random;
        rule.seed = std::string{said_.name.value};
        const bool whole = said.posts && said.from && said.to && rule.posts > 0;
        good_ = good_ && whole;
        if (whole && rule.length() / rule.posts < std::chrono::minutes{1})
            error("spread", said_.spread.at,
                  std::to_string(rule.posts) + " posts do not fit into " + to_text(rule.length()),
                  "at most one a minute");
        take(std::move(rule));
    }

    void read_days() {
        if (said_.only_if) {
            const OnlyIfDraft& only = said_.only_if.value;
            const Path path = below("only_if");
            if (only.weekdays && only.weekdays.value)
                made_.weekdays = read_weekdays(scope_, only.weekdays.value, Path{&path, "weekdays"});
            if (only.dates && only.dates.value)
                made_.only = read_dates(scope_, only.dates.value, Path{&path, "dates"});
        }
        if (!said_.except || !said_.except.value || zone_ == nullptr)
            return;
        // A day has no colon, a moment has.
        each_text(said_.except.value, below("except"), [&](Ref text, const Path& at) {
            if (text.text().find(':') == std::string_view::npos)
                add_dates(scope_, made_.except, text, at);
            else if (const auto when = read_moment(scope_, text, ZoneNamed{zone_name_, *zone_}, at))
                made_.except_at.push_back(*when);
        });
        std::sort(made_.except_at.begin(), made_.except_at.end());
    }

    /// A count is the same as an end once it is known when the last of them is; so a restart loses no count.
    void read_count() {
        if (!said_.count || said_.count.value <= 0)
            return;
        if (!said_.start) {
            scope_.problems().error_at(below("count"), said_.count.at, said_.count.at.key_position(),
                                       "count does not say from when on it counts",
                                       "say it with start: 2026-12-01");
            good_ = false;
            return;
        }
        if (said_.until)
            error("count", said_.count.at, "count and until exclude each other",
                  "the one that comes first can be said alone");
        if (!good_ || zone_ == nullptr)
            return;
        if (const auto last = schedule::last_of(made_, *zone_, said_.count.value))
            made_.until = last;
    }

    Scope& scope_;
    const EntryDraft& said_;
    const std::string& zone_name_;
    const Zone* zone_;
    const Path& path_;
    Calendar made_;
    bool good_ = true;
};

} // namespace

Duration offset_of(std::string_view entry, Duration period) {
    const Duration unit = period >= std::chrono::hours{1} ? Duration{std::chrono::minutes{1}}
                                                          : Duration{std::chrono::seconds{1}};
    const auto steps = static_cast<std::uint64_t>(std::max<std::int64_t>(period / unit, 1));
    const Digest digest = Digester{}.field("every").field(entry).finish();
    return unit * static_cast<std::int64_t>(std::hash<Digest>{}(digest) % steps);
}

std::optional<Calendar> read_calendar(Scope& scope, const EntryDraft& said, Ref at,
                                      const std::string& zone_name, const Zone* zone, const Path& path) {
    return CalendarReader{scope, said, zone_name, zone, path}.read(at);
}

} // namespace crier::config
