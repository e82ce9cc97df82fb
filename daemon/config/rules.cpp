#include "config/rules.hpp"

#include "config/words.hpp"
#include "core/digest.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace crier::config {
namespace {

using schedule::LocalInfo;
using schedule::LocalTime;
using schedule::Zone;

/// "2026-12-01 09:00" or with seconds, a blank or T between.
std::optional<LocalTime> parse_local(std::string_view text) {
    constexpr std::string_view with_seconds = "dddd-dd-dd dd:dd:dd";
    if (text.size() != with_seconds.size() && text.size() != with_seconds.size() - 3)
        return std::nullopt;
    std::array<int, 6> fields{};
    std::size_t field = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char wanted = with_seconds[i];
        if (wanted == 'd') {
            if (text[i] < '0' || text[i] > '9')
                return std::nullopt;
            fields[field] = fields[field] * 10 + (text[i] - '0');
            continue;
        }
        if (text[i] != wanted && !(wanted == ' ' && (text[i] == 'T' || text[i] == 't')))
            return std::nullopt;
        ++field;
    }
    const std::chrono::year_month_day date{std::chrono::year{fields[0]},
                                           std::chrono::month{static_cast<unsigned>(fields[1])},
                                           std::chrono::day{static_cast<unsigned>(fields[2])}};
    if (!date.ok() || fields[3] > 23 || fields[4] > 59 || fields[5] > 59)
        return std::nullopt;
    return std::chrono::local_days{date} + std::chrono::hours{fields[3]} + std::chrono::minutes{fields[4]} +
           std::chrono::seconds{fields[5]};
}

/// RFC 3339, of which the seconds may be left out.
std::optional<Instant> parse_instant(std::string_view text) {
    if (const auto when = from_rfc3339(text))
        return when;
    constexpr std::size_t minutes_end = 16; // 2026-12-01T09:00
    if (text.size() <= minutes_end || text[minutes_end] == ':')
        return std::nullopt;
    return from_rfc3339(std::string{text.substr(0, minutes_end)} + ":00" +
                        std::string{text.substr(minutes_end)});
}

std::string local_text(LocalTime when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss<std::chrono::seconds> time{when - day};
    std::array<char, 32> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

/// "+02:00"
std::string offset_text(std::chrono::seconds offset) {
    const auto minutes = std::abs(std::chrono::duration_cast<std::chrono::minutes>(offset).count());
    std::array<char, 16> text{};
    const int size = std::snprintf(text.data(), text.size(), "%c%02d:%02d", offset.count() < 0 ? '-' : '+',
                                   static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<Instant> read_moment(Scope& scope, Ref at, const std::string& zone_name, const Zone& zone,
                                   const Path& path) {
    const std::string_view text = at.text();
    if (const auto when = parse_instant(text))
        return when;
    const auto local = parse_local(text);
    if (!local) {
        const bool date_alone = text.size() == 10 && parse_local(std::string{text} + " 00:00");
        scope.problems().error(path, at, "expected a moment such as 2026-12-01 09:00, found " + quoted(text),
                               date_alone ? "say the time as well: " + std::string{text} + " 09:00"
                                          : std::string{});
        return std::nullopt;
    }
    const LocalInfo info = zone.to_instant(*local);
    if (info.kind == LocalInfo::Kind::gap) {
        scope.problems().error(
            path, at, "there is no " + std::string{text} + " in " + zone_name + ": clocks go forward over it",
            "the next time that there is: " + local_text(zone.to_local(info.first)));
        return std::nullopt;
    }
    if (info.kind == LocalInfo::Kind::overlap)
        scope.problems().warning(path, at,
                                 std::string{text} + " comes twice in " + zone_name +
                                     ": clocks go back over it; the first is taken",
                                 "say which one: " + local_text(*local) +
                                     offset_text(zone.offset(info.first)) + " or " + local_text(*local) +
                                     offset_text(zone.offset(info.second)));
    return info.first;
}

std::optional<schedule::Rule> read_at(Scope& scope, Ref given, const std::string& zone_name, const Zone* zone,
                                      const Path& path) {
    if (zone == nullptr)
        return std::nullopt;
    schedule::At rule;
    bool good = true;
    const auto take = [&](Ref moment, const Path& at) {
        if (const auto when = read_moment(scope, moment, zone_name, *zone, at))
            rule.instants.push_back(*when);
        else
            good = false;
    };
    if (given.is(Kind::scalar))
        take(given, path);
    int index = 0;
    for (const Ref moment : given)
        take(moment, Path{&path, {}, index++});
    if (!good)
        return std::nullopt;
    std::sort(rule.instants.begin(), rule.instants.end());
    rule.instants.erase(std::unique(rule.instants.begin(), rule.instants.end()), rule.instants.end());
    return rule;
}

/// Whether there is ever a moment for it. From 1970 on, the 29th of February is on each weekday once within
/// the years that are searched.
bool comes(const schedule::Cron& cron) {
    return schedule::next_after(cron, Zone{}, Instant{}).has_value();
}

std::optional<schedule::Rule> read_cron(Scope& scope, const GivenText& given, const Path& path) {
    if (given.value.empty())
        return std::nullopt;
    auto cron = schedule::Cron::parse(given.value);
    if (cron && comes(*cron))
        return std::move(*cron);
    if (cron) {
        scope.problems().error(path, given.at,
                               "this never comes: no month of cron '" + cron->text + "' has such a day",
                               "February has 28 or 29 days; April, June, September and November have 30");
        return std::nullopt;
    }
    scope.problems().error(path, given.at, cron.error().message, cron.error().hint);
    return std::nullopt;
}

} // namespace

Duration offset_of(std::string_view entry, Duration period) {
    const Duration unit = period >= std::chrono::hours{1} ? Duration{std::chrono::minutes{1}}
                                                          : Duration{std::chrono::seconds{1}};
    const auto steps = static_cast<std::uint64_t>(std::max<std::int64_t>(period / unit, 1));
    const Digest digest = Digester{}.field("every").field(entry).finish();
    return unit * static_cast<std::int64_t>(std::hash<Digest>{}(digest) % steps);
}

std::optional<schedule::Rule> read_rule(Scope& scope, const EntryDraft& said, Ref at,
                                        const std::string& zone_name, const Zone* zone, const Path& path) {
    Problems& problems = scope.problems();
    const int stated = (said.cron ? 1 : 0) + (said.every ? 1 : 0) + (said.at ? 1 : 0);
    if (stated == 0) {
        problems.error(path, at, "the entry does not say when",
                       "one of cron: \"0 9 * * *\", every: 6h or at: 2026-12-01 09:00");
        return std::nullopt;
    }
    if (stated > 1) {
        problems.error(path, at, "the entry says when in more than one way",
                       "one of cron, every and at; for both, make two entries");
        return std::nullopt;
    }
    if (said.offset && !said.every) {
        problems.error_at(Path{&path, "offset"}, said.offset.at, said.offset.at.key_position(),
                          "offset goes with every");
        return std::nullopt;
    }
    if (said.cron)
        return read_cron(scope, said.cron, Path{&path, "cron"});
    if (said.at) {
        if (!said.at.value)
            return std::nullopt;
        return read_at(scope, said.at.value, zone_name, zone, Path{&path, "at"});
    }
    if (said.every.value <= Duration::zero())
        return std::nullopt;
    schedule::Every rule;
    rule.period = said.every.value;
    rule.offset = said.offset ? said.offset.value : offset_of(said.name.value, rule.period);
    if (rule.offset >= rule.period) {
        problems.error(Path{&path, "offset"}, said.offset.at, "the offset is not less than every",
                       "less than " + to_text(rule.period));
        return std::nullopt;
    }
    return rule;
}

} // namespace crier::config
