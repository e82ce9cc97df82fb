#include "config/moments.hpp"

#include "config/words.hpp"
#include "core/ascii.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace crier::config {
namespace {

using schedule::LocalInfo;
using schedule::LocalTime;

/// "2026-12-01 09:00" or with seconds, a blank or T between.
std::optional<LocalTime> parse_local(std::string_view text) {
    std::string shown{text};
    if (constexpr std::size_t between = 10; shown.size() > between && ascii::upper(shown[between]) == 'T')
        shown[between] = ' ';
    const bool with_seconds = ascii::has_shape(shown, "9999-99-99 99:99:99");
    if (!with_seconds && !ascii::has_shape(shown, "9999-99-99 99:99"))
        return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t digits) {
        return ascii::number_of(text.substr(at, digits));
    };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)} / number(5, 2) / number(8, 2)};
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = with_seconds ? number(17, 2) : 0;
    if (!date.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return std::chrono::local_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
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

/// "2026-12-01"
std::optional<LocalTime> parse_day(std::string_view text) {
    constexpr std::size_t day_size = 10;
    return text.size() == day_size ? parse_local(std::string{text} + " 00:00") : std::nullopt;
}

} // namespace

std::optional<Instant> read_moment(Scope& scope, Ref at, const ZoneNamed& in, const Path& path) {
    const std::string_view text = at.text();
    if (const auto when = parse_instant(text))
        return when;
    const auto local = parse_local(text);
    if (!local) {
        scope.problems().error(path, at, "expected a moment such as 2026-12-01 09:00, found " + quoted(text),
                               parse_day(text) ? "say the time as well: " + std::string{text} + " 09:00"
                                               : std::string{});
        return std::nullopt;
    }
    const LocalInfo info = in.zone.to_instant(*local);
    if (info.kind == LocalInfo::Kind::gap) {
        scope.problems().error(
            path, at, "there is no " + std::string{text} + " in " + in.name + ": clocks go forward over it",
            "the next time that there is: " + local_text(in.zone.to_local(info.first)));
        return std::nullopt;
    }
    if (info.kind == LocalInfo::Kind::overlap)
        scope.problems().warning(
            path, at,
            std::string{text} + " comes twice in " + in.name + ": clocks go back over it; the first is taken",
            "say which one: " + local_text(*local) + offset_text(in.zone.offset(info.first)) + " or " +
                local_text(*local) + offset_text(in.zone.offset(info.second)));
    return info.first;
}

std::optional<Instant> read_start(Scope& scope, Ref at, const ZoneNamed& in, const Path& path) {
    if (const auto day = parse_day(at.text()))
        return in.zone.to_instant(*day).first;
    return read_moment(scope, at, in, path);
}

std::optional<Instant> read_end(Scope& scope, Ref at, const ZoneNamed& in, const Path& path) {
    if (const auto day = parse_day(at.text()))
        return in.zone.to_instant(*day + std::chrono::days{1}).first - Duration{1};
    return read_moment(scope, at, in, path);
}

bool is_day(std::string_view text) {
    return parse_day(text).has_value();
}

} // namespace crier::config
