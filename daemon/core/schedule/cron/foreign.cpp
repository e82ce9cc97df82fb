#include "core/schedule/cron/foreign.hpp"

#include "core/ascii.hpp"

namespace crier::schedule {
namespace {

/// "1ST", "22ND"
bool is_ordinal(std::string_view word) {
    if (word.size() < 3 || cron_number(word.substr(0, word.size() - 2)) < 0)
        return false;
    const std::string_view ending = word.substr(word.size() - 2);
    return ending == "ST" || ending == "ND" || ending == "RD" || ending == "TH";
}

/// L, L-3, 5L, LW, 15W
bool is_last_or_workday(std::string_view word) {
    return word.find_first_of("LW") != std::string_view::npos &&
           word.find_first_not_of("0123456789LW-/") == std::string_view::npos;
}

/// A year, years or *: what stands behind the weekday elsewhere.
bool is_years(std::string_view word) {
    return word.find_first_not_of("0123456789*,-/") == std::string_view::npos;
}

} // namespace

std::optional<Failure> refuse_foreign(const CronPart& part) {
    const std::string word = ascii::upper(part.text);
    if (word.find('?') != std::string::npos)
        return part.wrong("? is not understood", "write * where the field does not matter");
    if (word == "H" || word.substr(0, 2) == "H/" || word.substr(0, 2) == "H(")
        return part.wrong(
            "H (any value, as Jenkins picks it) is not understood",
            "a fixed time, with `jitter: 30m` beside it to spread the posts; or `every:`, which spreads "
            "entries by their names");
    if (word.find('~') != std::string::npos)
        return part.wrong("~ (any value of a range) is not understood",
                          "the begin of the range, with `jitter: 30m` beside it");
    if (is_ordinal(word))
        return part.wrong("days are numbers alone",
                          part.kind == FieldKind::weekday
                              ? "the first Monday of the month is MON#1"
                              : "the day field takes " + word.substr(0, word.size() - 2));
    if (part.kind != FieldKind::weekday && word.find('#') != std::string::npos)
        return part.wrong("# goes with a weekday",
                          "MON#2 in the weekday field is the second Monday of the month");
    if (is_last_or_workday(word))
        return part.wrong(
            "L and W go with days",
            "L (the month's last day), LW and 15W stand in the day field, FRIL (the last Friday) in "
            "the weekday field");
    return std::nullopt;
}

std::optional<Failure> refuse_foreign(std::string_view cron, const std::vector<std::string_view>& words) {
    const auto refused = [&](const std::string& what, std::string hint) {
        return Failure{Cause::config, "cron '" + std::string{cron} + "': " + what, std::move(hint)};
    };
    if (words.empty())
        return std::nullopt;
    const std::string_view first = words.front();
    for (const std::string_view setting : {"TZ=", "CRON_TZ="})
        if (first.substr(0, setting.size()) == setting)
            return refused("the zone is no part of it",
                           "beside it: `timezone: " + std::string{first.substr(setting.size())} + "`");
    if (ascii::same(first, "@every"))
        return refused("a rhythm is no cron",
                       "instead of it: `every: " + std::string{words.size() > 1 ? words[1] : "6h"} + "`");
    if (ascii::same(first, "@reboot"))
        return refused("a start of the daemon is no time to post",
                       "use `crier post` in a unit that runs at boot");
    if (cron.find(':') != std::string_view::npos)
        return refused("a time of day is two fields",
                       "minute first: 30 9 * * MON-FRI is 9:30 from Monday to Friday");
    if (words.size() == 7 && is_years(words.back()))
        return refused("there is no field for the year",
                       "`start` and `until` beside it say from when until when an entry fires");
    return std::nullopt;
}

} // namespace crier::schedule
