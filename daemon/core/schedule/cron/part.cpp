#include "core/schedule/cron/part.hpp"

#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "core/schedule/cron/foreign.hpp"

#include <algorithm>
#include <charconv>

namespace crier::schedule {

const FieldRange& range_of(FieldKind kind) {
    static const std::vector<FieldRange> ranges{
        {"seconds", 0, 59, {}, "0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)"},
        {"minute", 0, 59, {}, "0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)"},
        {"hour", 0, 23, {}, "0 to 23, *, lists (9,17), ranges (9-17) and steps (*/2)"},
        {"day",
         1,
         31,
         {},
         "1 to 31, *, lists (1,15), ranges (1-7), steps (*/2), L (the last), L-2, LW (the last working day) "
         "and "
         "15W (the nearest one)"},
        {"month",
         1,
         12,
         {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"},
         "1 to 12 or JAN to DEC, *, lists, ranges and steps"},
        {"weekday",
         0,
         7,
         {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"},
         "0 to 7 (0 and 7 are Sunday) or SUN to SAT, *, lists, ranges (MON-FRI), steps, MON#2 (the second of "
         "the "
         "month) and FRIL (the last)"}};
    return ranges[static_cast<std::size_t>(kind)];
}

Failure CronPart::wrong(const std::string& what, std::string hint) const {
    const FieldRange& range = range_of(kind);
    return {Cause::config,
            "cron '" + std::string{cron} + "': " + std::string{range.name} + " '" + std::string{text} +
                "': " + what,
            hint.empty() ? "there may stand: " + std::string{range.hint} : std::move(hint)};
}

Result<int> CronPart::value(std::string_view word) const {
    const FieldRange& range = range_of(kind);
    if (const int read = cron_number(word); read >= 0) {
        if (read >= range.least && read <= range.most)
            return read;
        return wrong(std::to_string(read) + " is not within " + std::to_string(range.least) + " to " +
                     std::to_string(range.most));
    }
    const std::string name = ascii::upper(word);
    if (const auto found = std::find(range.names.begin(), range.names.end(), name);
        found != range.names.end())
        return range.least + static_cast<int>(found - range.names.begin());
    if (auto failure = refuse_foreign(*this))
        return std::move(*failure);
    // MONDAY and JANUARY are meant by their first letters, however far away they are.
    constexpr std::size_t letters = 3;
    const bool long_name =
        std::find(range.names.begin(), range.names.end(), name.substr(0, letters)) != range.names.end();
    const std::string near = long_name ? name.substr(0, letters) : nearest(name, range.names);
    return wrong("'" + std::string{word} + "' is no " + std::string{range.name},
                 near.empty() ? "" : "did you mean " + near + "?");
}

int cron_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && text.front() != '-' ? value : -1;
}

} // namespace crier::schedule
